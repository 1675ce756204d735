import * as echarts from "../../vendor/echarts/echarts.esm.min.js";
import { colours } from "./colours.js";

const WIDTH = 1200, HEIGHT = 600;

/** A button with data-picture="chart" saves the chart of that name as a PNG, as it is drawn now. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-picture]");
  const chart = button && document.querySelector(`r-chart[data-option="${button.dataset.picture}"]`);
  if (chart?.plot) save(chart, `${document.title}.png`);
});

function save(chart, name) {
  const place = document.createElement("div");
  const copy = echarts.init(place, null, { renderer: "canvas", width: WIDTH, height: HEIGHT, devicePixelRatio: 2 });
  const option = chart.plot.getOption();
  if (option.legend?.[0]) Object.assign(option.legend[0], { show: true }), Object.assign(option.grid[0], { top: 32 });
  copy.setOption({ ...option, animation: false, backgroundColor: colours(chart)("--sheet") });
  copy.getZr().flush();
  copy.renderToCanvas().toBlob((picture) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    copy.dispose();
  });
}
