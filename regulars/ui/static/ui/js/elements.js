import "./search.js";
import "./theme.js";
import "./dropzone.js";
import "./menus.js";
import "./dialogs.js";

if (document.querySelector("r-chart")) import("./chart.js");
document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("r-chart")) import("./chart.js");
});
