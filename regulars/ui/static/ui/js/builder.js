/** The builder of trees: redraws what a choice changes, keeps what is typed meanwhile, and the keys. */
const MOVES = { ArrowUp: "up", ArrowDown: "down" };

class Builder extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.typed = new Map();
    this.addEventListener("input", (event) => this.input(event));
    this.addEventListener("change", ({ target }) => {
      if (target.matches("[data-redraw]")) this.form.requestSubmit(this.querySelector("[data-redraw-button]"));
    });
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("htmx:before:request", ({ target }) => {
      if (target === this.form) this.typed.clear();
    });
    this.addEventListener("htmx:after:swap", ({ target }) => {
      if (target === this.form) this.redrawn();
    });
  }

  input({ target }) {
    if (!target.closest("#tree")) return;
    if (target.matches("input[type=text], input[type=date]")) this.typed.set(target.name, target.value);
    if (!target.matches("[data-redraw]")) this.consider();
  }

  consider() {
    this.form.dispatchEvent(new Event("consider"));
  }

  /* What was typed after the request left is newer than its answer. */
  redrawn() {
    for (const [name, value] of this.typed) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type !== "checkbox") field.value = value;
    }
    const wanted = this.querySelector("#tree").dataset.focus;
    if (wanted) document.getElementById(wanted)?.focus();
    this.consider();
  }

  key(event) {
    const typing = event.target.matches("input[type=text], input[type=date], textarea");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      this.querySelector(event.shiftKey ? "#redo" : "#undo").click();
    } else if (event.altKey && MOVES[event.key]) {
      const button = event.target.closest("[data-node]")?.querySelector(`:scope > .line [data-key=${MOVES[event.key]}]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  }
}

customElements.define("r-builder", Builder);
