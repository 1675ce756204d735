import * as echarts from "../../vendor/echarts/echarts.esm.min.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** A plot of the option in the JSON script it names, in the colours of the page. */
class Chart extends HTMLElement {
  connectedCallback() {
    const data = document.getElementById(this.dataset.option);
    if (!data) return;
    this.option = JSON.parse(data.textContent);
    this.plot = echarts.init(this.querySelector(".plot"), null, { renderer: "svg" });
    this.resized = new ResizeObserver(() => this.plot.resize());
    this.resized.observe(this);
    this.paint = () => this.draw();
    document.addEventListener("r-theme", this.paint);
    dark.addEventListener("change", this.paint);
    this.draw();
  }

  disconnectedCallback() {
    this.resized?.disconnect();
    this.plot?.dispose();
    document.removeEventListener("r-theme", this.paint);
    dark.removeEventListener("change", this.paint);
  }

  draw() {
    const { option } = this;
    const ink = colour(this, "--ink-2");
    const line = colour(this, "--line");
    const axis = (given) => given && [given].flat().map((one) => ({
      nameTextStyle: { color: ink },
      axisLabel: { color: ink, hideOverlap: true, ...one.axisLabel },
      axisLine: { lineStyle: { color: line } },
      splitLine: { show: one.type !== "category", lineStyle: { color: line } },
      ...one,
    }));
    this.plot.setOption({
      animation: !still.matches,
      color: [colour(this, "--indigo"), colour(this, "--seal"), colour(this, "--good"), colour(this, "--warn")],
      textStyle: { fontFamily: getComputedStyle(this).fontFamily, color: ink },
      grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      ...option,
      ...(option.xAxis && { xAxis: axis(option.xAxis), yAxis: axis(option.yAxis) }),
      legend: option.legend && { textStyle: { color: ink }, ...option.legend },
    }, true);
  }
}

/** Resolve a colour token to rgb(), which is all ECharts can mix. */
function colour(element, token) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  probe.style.setProperty("color", `var(${token})`);
  canvas.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgb(${r}, ${g}, ${b})`;
}

customElements.define("r-chart", Chart);
