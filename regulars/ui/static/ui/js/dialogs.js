/** A button with data-dialog="id" opens that <dialog>; a click beside a dialog closes it. */
document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (target.matches("dialog[open]")) target.close();
});
