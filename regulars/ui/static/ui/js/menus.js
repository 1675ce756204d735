/** A panel opens beside the button that opens it, and inside the window. */
const MARGIN = 8;

function place(panel) {
  const opener = document.querySelector(`[popovertarget="${panel.id}"]`);
  if (!opener) return;
  panel.toggleAttribute("data-placed", true);
  const from = opener.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = panel;
  const below = from.bottom + 6;
  const fits = below + high + MARGIN <= innerHeight;
  const above = from.top - 6 - high >= MARGIN ? from.top - 6 - high : Math.max(MARGIN, innerHeight - high - MARGIN);
  const left = from.left + wide + MARGIN > innerWidth ? from.right - wide : from.left;
  panel.style.top = `${fits ? below : above}px`;
  panel.style.left = `${Math.min(Math.max(MARGIN, left), innerWidth - wide - MARGIN)}px`;
}

document.addEventListener("toggle", ({ target, newState }) => {
  if (newState === "open" && target.matches?.(".panel")) place(target);
}, true);

for (const happened of ["scroll", "resize"]) {
  window.addEventListener(happened, () => {
    for (const panel of document.querySelectorAll(".panel:popover-open")) place(panel);
  }, { passive: true });
}

/** What was chosen is done: the menu closes. */
document.addEventListener("click", ({ target }) => {
  target.closest(".panel a, .panel .item")?.closest(".panel").hidePopover();
});
