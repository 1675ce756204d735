import "./search.js";
import "./theme.js";
import "./dropzone.js";
import "./menus.js";
import "./dialogs.js";
import "./forms.js";
import "./rows.js";
import "./troubles.js";
import "./builder.js";
import "./interrupted.js";

/* A megabyte that only pages with a chart need. */
function drawCharts() {
  if (document.querySelector("r-chart:not(:defined)")) import("./chart.js");
  if (document.querySelector("[data-picture]")) import("./picture.js");
}

drawCharts();
document.addEventListener("htmx:after:swap", drawCharts);
