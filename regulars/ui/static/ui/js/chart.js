import * as echarts from "../../vendor/echarts/echarts.esm.min.js";
import { colours, painted } from "./colours.js";
import { legend } from "./legend.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** A plot of the option in the JSON script it names, in the colours and numbers of the page. */
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
    this.toggleAttribute("data-drawn", true);
  }

  disconnectedCallback() {
    this.resized?.disconnect();
    this.plot?.dispose();
    document.removeEventListener("r-theme", this.paint);
    dark.removeEventListener("change", this.paint);
  }

  draw() {
    const colour = colours(this);
    const { xAxis, yAxis, series, ...rest } = painted(this.option, colour);
    const text = { color: colour("--ink-2"), fontFamily: getComputedStyle(this).fontFamily, fontSize: 12 };
    const wide = this.clientWidth - 48;
    const axes = [xAxis, yAxis].map((axis) => [axis ?? []].flat().map((one) => dressed(one, text, colour, wide)));
    const palette = ["--indigo", "--ink-3", "--good", "--warn", "--bad"].map(colour);
    const crowded = series.some((one) => one.markLine);
    if (crowded) axes[1][0].nameGap = 28; // above the names of the marks
    this.plot.setOption({
      animation: !still.matches,
      animationDuration: 300,
      color: palette,
      textStyle: text,
      grid: { left: 4, right: xAxis?.type === "category" ? 28 : 16, top: 6, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "all" },
      ...rest,
      tooltip: { ...tooltip(colour, text, axes[1][0]), ...rest.tooltip },
      ...(xAxis && { xAxis: axes[0], yAxis: axes[1] }),
      series: series.map((one) => marked(one, text, colour)),
      legend: rest.legend && { show: false, top: 0, right: 0, icon: "roundRect", itemWidth: 12, itemHeight: 4, textStyle: text, ...rest.legend },
    }, true);
    if (rest.legend) legend(this, series, palette);
  }
}

function dressed(axis, text, colour, wide) {
  const line = { lineStyle: { color: colour("--line") } };
  const strong = { lineStyle: { color: colour("--line-strong") } };
  const { number, ...given } = axis;
  return {
    nameTextStyle: { ...text, padding: 0 },
    nameTruncate: { maxWidth: wide, ellipsis: "…" },
    nameGap: axis.nameLocation === "middle" ? 28 : 14,
    axisLine: strong,
    axisTick: { show: false },
    splitLine: { show: Boolean(axis.splitLine), ...line },
    ...given,
    axisLabel: { ...text, hideOverlap: true, ...(number && { formatter: numbers({ ...number, minimumFractionDigits: 0 }) }), ...axis.axisLabel },
    number,
  };
}

function marked(series, text, colour) {
  if (!series.markLine) return series;
  const label = { ...text, color: colour("--ink"), fontWeight: 600, distance: 6, formatter: "{b}" };
  const line = { color: colour("--ink-2"), width: 1.5, type: [4, 3] };
  return { ...series, markLine: { silent: true, symbol: "none", label, lineStyle: line, animation: false, ...series.markLine } };
}

function tooltip(colour, text, yAxis) {
  return {
    trigger: "axis", renderMode: "richText", confine: true, padding: [8, 12], borderWidth: 1,
    backgroundColor: colour("--sheet"), borderColor: colour("--line-strong"),
    textStyle: { ...text, color: colour("--ink") },
    axisPointer: { type: "line", lineStyle: { color: colour("--line-strong") } },
    ...(yAxis?.number && { valueFormatter: numbers(yAxis.number) }),
  };
}

/** Format with Intl, in the language of the page: {style: "percent"}, {style: "currency", …}. */
function numbers(options) {
  const format = new Intl.NumberFormat(document.documentElement.lang, options);
  return (value) => (typeof value === "number" ? format.format(value) : value ?? "");
}

customElements.define("r-chart", Chart);
