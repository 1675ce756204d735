/** What each line is called, over the plot: names that wrap on a phone, and hide or show their line. */
export function legend(chart, series, palette) {
  const list = chart.querySelector(".legend") ?? document.createElement("div");
  const named = series.map(({ name, lineStyle, itemStyle }, at) => ({
    name, colour: lineStyle?.color ?? itemStyle?.color ?? palette[at % palette.length], dashed: Boolean(lineStyle?.type),
  }));
  list.className = "legend";
  list.replaceChildren(...named.filter(({ name }) => name).map((one) => entry(chart, one)));
  chart.prepend(list);
}

function entry(chart, { name, colour, dashed }) {
  const button = document.createElement("button");
  const line = document.createElement("i");
  button.type = "button";
  button.ariaPressed = "true";
  line.style.setProperty("background", colour);
  line.toggleAttribute("data-dashed", dashed);
  button.append(line, name);
  button.addEventListener("click", () => {
    button.ariaPressed = String(button.ariaPressed !== "true");
    chart.plot.dispatchAction({ type: "legendToggleSelect", name });
  });
  return button;
}
