/** The search box: “/” puts the cursor into it, Escape gives it back. */
class Search extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.listen = (event) => this.key(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  key(event) {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.input.select();
    } else if (event.key === "Escape" && event.target === this.input) {
      this.input.blur();
    }
  }
}

customElements.define("r-search", Search);
