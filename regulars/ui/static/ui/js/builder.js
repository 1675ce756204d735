/**
 * The builder of trees. Buttons and choices send the form and get the tree back; what is typed is
 * only considered. Steps are taken one after another, and what changed meanwhile outlives the answer.
 */
const MOVES = { ArrowUp: "up", ArrowDown: "down" };
const TYPED = "input[type=text], input[type=date], textarea";

class Builder extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.changed = new Map();
    this.doing = null;
    this.waiting = [];
    this.addEventListener("submit", (event) => this.submit(event), true);
    this.addEventListener("input", ({ target }) => this.input(target));
    this.addEventListener("change", ({ target }) => {
      if (target.matches("[data-redraw]")) this.act("");
      else if (target.closest(".naming")) this.consider();
    });
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("htmx:finally:request", ({ target }) => {
      if (target === this.form) this.done();
    });
    this.addEventListener("htmx:after:swap", ({ target }) => {
      if (target === this.form) this.redrawn();
    });
  }

  /* While a step is under way others wait in order: each was meant for what the one before leads to. */
  submit(event) {
    const wanted = event.submitter?.value ?? "";
    if (this.doing !== null) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (wanted || this.waiting.at(-1) !== wanted) this.waiting.push(wanted);
      return;
    }
    this.doing = wanted;
    this.changed.clear();
  }

  act(wanted) {
    const button = this.querySelector(`[name=do][value="${CSS.escape(wanted)}"]`);
    if (button && !button.disabled) this.form.requestSubmit(button);
  }

  done() {
    this.doing = null;
    while (this.doing === null && this.waiting.length) this.act(this.waiting.shift());
  }

  input(field) {
    if (!field.closest("#tree")) return;
    this.changed.set(`${field.name}\n${field.type === "checkbox" ? field.value : ""}`, field);
    if (!field.matches("[data-redraw], .naming *")) this.consider();
  }

  consider() {
    this.form.dispatchEvent(new Event("consider"));
  }

  redrawn() {
    for (const old of this.changed.values()) this.again(old);
    const wanted = this.querySelector("#tree").dataset.focus;
    if (wanted) document.getElementById(wanted)?.focus();
    this.consider();
  }

  again(old) {
    const same = [...this.form.elements].filter((field) => field.name === old.name && field.type === old.type);
    const field = old.type === "checkbox" ? same.find((one) => one.value === old.value) : same[0];
    if (field && old.type === "checkbox") field.checked = old.checked;
    else if (field) field.value = old.value;
  }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.matches(TYPED)) {
      event.preventDefault();
      this.act(event.shiftKey ? "redo" : "undo");
    } else if (event.altKey && MOVES[event.key]) {
      const node = event.target.closest("[data-node]");
      if (!node) return;
      event.preventDefault();
      this.act(`${MOVES[event.key]}:${node.id}`);
    }
  }
}

customElements.define("r-builder", Builder);
