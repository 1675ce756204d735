/** When the server does not answer, say so: what was typed is still there. */
document.addEventListener("htmx:error", ({ detail }) => {
  const said = document.body.dataset.unreachable;
  if (!said || !detail.ctx || document.querySelector("[data-unreachable-said]")) return;
  const message = document.createElement("div");
  message.className = "message";
  message.dataset.kind = "bad";
  message.dataset.unreachableSaid = "";
  message.role = "alert";
  message.textContent = said;
  document.querySelector("main").prepend(message);
});

document.addEventListener("htmx:after:swap", () => {
  document.querySelector("[data-unreachable-said]")?.remove();
});
