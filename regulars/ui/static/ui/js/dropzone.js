/** A place to drop a file; says which one was chosen. */
class Dropzone extends HTMLElement {
  connectedCallback() {
    this.zone = this.querySelector(".dropzone");
    this.input = this.querySelector("input[type=file]");
    this.said = this.querySelector("[data-chosen]");
    for (const name of ["dragover", "dragleave", "drop"]) {
      this.zone.addEventListener(name, (event) => this.drag(event));
    }
    this.input.addEventListener("change", () => this.show());
  }

  drag(event) {
    event.preventDefault();
    this.zone.toggleAttribute("data-over", event.type === "dragover");
    if (event.type === "drop" && event.dataTransfer.files.length) {
      this.input.files = event.dataTransfer.files;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  show() {
    const [file] = this.input.files;
    if (file) this.said.textContent = `${file.name} · ${size(file.size)}`;
  }
}

function size(bytes) {
  const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit, maximumFractionDigits: 1,
  });
  return format.format(bytes / (bytes < 1e6 ? 1e3 : 1e6));
}

customElements.define("r-dropzone", Dropzone);
