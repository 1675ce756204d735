/** Light, dark, or as the system: kept in a cookie, so that the server paints the first picture right. */
class Theme extends HTMLElement {
  connectedCallback() {
    this.show(document.documentElement.dataset.theme ?? "");
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.choose(button.value);
    });
  }

  choose(theme) {
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    this.show(theme);
    document.dispatchEvent(new Event("r-theme"));
  }

  show(theme) {
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  }
}

customElements.define("r-theme", Theme);
