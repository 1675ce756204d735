/** The search box: “/” puts the cursor into it, ↓ ↑ walk what was found, Escape gives the page back. */
class Search extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.found = this.querySelector(".found");
    this.listen = (event) => this.key(event);
    document.addEventListener("keydown", this.listen);
    this.addEventListener("htmx:after:swap", () => this.select(-1));
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  key(event) {
    if (event.target === this.input) this.walk(event);
    else if (event.key === "/" && !typing(event) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.input.select();
    }
  }

  walk(event) {
    const links = this.links;
    if (event.key === "Escape") this.input.blur();
    else if (event.key === "Enter" && links[this.at]) {
      event.preventDefault();
      links[this.at].click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.select(Math.min(Math.max(-1, this.at + step), links.length - 1));
    }
  }

  select(at) {
    this.at = at;
    for (const one of this.found?.querySelectorAll("ul, li") ?? []) one.role = "presentation";
    this.links.forEach((link, number) => {
      link.id = `found-${number}`;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", String(number === at));
      if (number === at) link.scrollIntoView({ block: "nearest" });
    });
    this.input.setAttribute("aria-expanded", String(this.links.length > 0));
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `found-${at}`);
  }

  get links() {
    return [...(this.found?.querySelectorAll("a") ?? [])];
  }
}

function typing(event) {
  return event.target.closest("input, textarea, select, [contenteditable]");
}

customElements.define("r-search", Search);
