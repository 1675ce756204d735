import { colours } from "./colours.js";

const MARGIN = 16, MOST = 16000; // what browsers draw at most, in device pixels

/** Draw a table as it stands on the page: shades, lines and every word where it is. */
export function tablePicture(table) {
  const { left, top, width, height } = table.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const scale = Math.min(2, MOST / (height + 2 * MARGIN), MOST / (width + 2 * MARGIN));
  canvas.width = (width + 2 * MARGIN) * scale;
  canvas.height = (height + 2 * MARGIN) * scale;
  const plot = canvas.getContext("2d");
  plot.scale(scale, scale);
  plot.fillStyle = colours(table)("--sheet");
  plot.fillRect(0, 0, canvas.width, canvas.height);
  plot.translate(MARGIN - left, MARGIN - top);
  plot.textBaseline = "middle";
  for (const cell of table.querySelectorAll("th, td")) shade(plot, cell);
  const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) write(plot, texts.currentNode);
  return canvas;
}

function shade(plot, cell) {
  const { left, top, width, height } = cell.getBoundingClientRect();
  const style = getComputedStyle(cell);
  const [over, under] = [style.borderTopWidth, style.borderBottomWidth].map(parseFloat);
  plot.fillStyle = style.backgroundColor;
  plot.fillRect(left, top, width, height);
  plot.fillStyle = style.borderTopColor;
  plot.fillRect(left, top, width, over);
  plot.fillStyle = style.borderBottomColor;
  plot.fillRect(left, top + height - under, width, under);
}

function write(plot, text) {
  const place = text.parentElement;
  if (!text.data.trim() || place.closest(".visually-hidden, script")) return;
  const style = getComputedStyle(place);
  plot.fillStyle = style.color;
  plot.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  for (const { 0: word, index } of text.data.matchAll(/\S+/gu)) {
    const [whole, ...more] = boxes(text, index, index + word.length);
    if (!more.length) draw(plot, word, whole);
    else [...word].reduce((at, sign) => (draw(plot, sign, boxes(text, at, at + sign.length)[0]), at + sign.length), index);
  }
}

function boxes(text, from, to) {
  const range = document.createRange();
  range.setStart(text, from);
  range.setEnd(text, to);
  return range.getClientRects();
}

function draw(plot, said, box) {
  if (box) plot.fillText(said, box.left, box.top + box.height / 2);
}
