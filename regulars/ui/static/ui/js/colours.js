/** Read colour tokens as ECharts needs them: rgb, which is all it can mix. */
export function colours(element) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const probe = document.createElement("span");
  const known = new Map();
  probe.hidden = true;

  return (token) => {
    if (!known.has(token)) known.set(token, rgb(token));
    return known.get(token);
  };

  function rgb(token) {
    element.append(probe);
    probe.style.setProperty("color", `var(${token})`);
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  }
}

/** Put colours in the place of every string that names a token, such as "--indigo". */
export function painted(value, colour) {
  if (typeof value === "string") return value.startsWith("--") ? colour(value) : value;
  if (Array.isArray(value)) return value.map((one) => painted(one, colour));
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, painted(one, colour)]));
}
