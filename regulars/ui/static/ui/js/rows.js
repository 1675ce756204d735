/** In a table with data-rows, ↓ and ↑ (or j and k) walk from one row's link to the next. */
const STEP = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

document.addEventListener("keydown", (event) => {
  const step = STEP[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const table = event.target.closest("[data-rows]") ?? pageTable(event);
  if (!table) return;
  const links = [...table.querySelectorAll(":scope > tbody > tr")].map((row) => row.querySelector("a")).filter(Boolean);
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = links[here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

/* From anywhere on the page the letters lead into its only such table. */
function pageTable(event) {
  if (event.target.closest("input, textarea, select, dialog, .menu") || event.key.startsWith("Arrow")) return null;
  return document.querySelector("[data-rows]");
}
