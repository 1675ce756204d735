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
    this.show();
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
    this.zone.toggleAttribute("data-filled", Boolean(file));
    if (file) this.said.textContent = `${file.name} · ${size(file.size)}`;
  }
}

function size(bytes) {
  const [unit, scale] = bytes < 1e6 ? ["kilobyte", 1e3] : bytes < 1e9 ? ["megabyte", 1e6] : ["gigabyte", 1e9];
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 });
  return format.format(bytes / scale);
}

customElements.define("r-dropzone", Dropzone);
