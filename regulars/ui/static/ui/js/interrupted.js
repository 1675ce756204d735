/** What a form[data-keep] said when the sign-in had expired is there again after signing in. */
const KEY = "interrupted";
const TYPED = "input[type=text], input[type=date], select";

document.addEventListener("htmx:response:error", ({ detail }) => {
  const form = document.querySelector("form[data-keep]");
  if (!form || detail.ctx?.response?.status !== 401) return;
  const said = [...form.elements].filter((field) => field.matches(TYPED)).map(({ name, value }) => [name, value]);
  sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, said }));
});

const form = document.querySelector("form[data-keep]");
const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
if (form && kept?.path === location.pathname) {
  sessionStorage.removeItem(KEY);
  for (const [name, value] of kept.said) {
    const field = [...form.elements].find((one) => one.name === name && one.matches(TYPED));
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
