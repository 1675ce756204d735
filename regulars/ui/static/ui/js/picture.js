import * as echarts from "../../vendor/echarts/echarts.esm.min.js";
import { colours } from "./colours.js";
import { tablePicture } from "./table_picture.js";

const WIDTH = 1200, HEIGHT = 600;

/** A button with data-picture="name" saves the chart, or the table, of that name as a PNG, as it is drawn now. */
document.addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-picture]")?.dataset.picture;
  if (!wanted) return;
  const chart = document.querySelector(`r-chart[data-option="${wanted}"]`);
  const table = document.querySelector(`table#${wanted}`);
  if (chart?.plot) saveChart(chart);
  else if (table) save(tablePicture(table));
});

function saveChart(chart) {
  const place = document.createElement("div");
  const copy = echarts.init(place, null, { renderer: "canvas", width: WIDTH, height: HEIGHT, devicePixelRatio: 2 });
  const option = chart.plot.getOption();
  if (option.legend?.[0]) Object.assign(option.legend[0], { show: true }), Object.assign(option.grid[0], { top: 32 });
  copy.setOption({ ...option, animation: false, backgroundColor: colours(chart)("--sheet") });
  copy.getZr().flush();
  save(copy.renderToCanvas(), () => copy.dispose());
}

function save(canvas, after) {
  canvas.toBlob((picture) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = `${document.title}.png`;
    link.click();
    URL.revokeObjectURL(link.href);
    after?.();
  });
}
