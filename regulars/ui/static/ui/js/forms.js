/** A form is sent once, however often it is clicked; data-submit sends it when a choice is made. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.hasAttribute("data-sent")) event.preventDefault();
  else form.toggleAttribute("data-sent", true);
  setTimeout(() => form.removeAttribute("data-sent"), 4000); // the answer may be a file, and the page stays
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submit]")) target.form.requestSubmit();
});

/* Coming back by the browser's history, the form may be sent again. */
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
});

/* An address says only what is asked for. */
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const name of new Set(formData.keys())) {
    const said = formData.getAll(name).filter((value) => value !== "");
    formData.delete(name);
    for (const value of said) formData.append(name, value);
  }
});
