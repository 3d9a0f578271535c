// Many events: counted, in columns. Choosing a column looks closer.

import { s } from "../dom.js";
import { day } from "../moment.js";
import { count, numeral, t } from "../texts.js";
import { signOf, vocabulary } from "../vocabulary.js";

const HEIGHT = 230;

/** Draw the columns. */
export function columns(found, { width, onChoose }) {
  const most = Math.max(1, ...found.map((each) => each.total));
  const step = width / found.length;
  const top = s("text", { class: "tick", x: 4, y: 12 }, numeral(most));
  return { height: HEIGHT, elements: [top, found.map((bin, n) => (bin.total ? column(bin, n * step, step, most, onChoose) : null))] };
}

function column(bin, x, step, most, onChoose) {
  const label = `${day(bin.from)} – ${day(bin.until)}: ${count("timeline.loaded", bin.total)} (${parts(bin)})`;
  const choose = () => onChoose([bin.from - (bin.until - bin.from) / 4, bin.until + (bin.until - bin.from) / 4]);
  const onKey = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); } };
  return s("g", { class: "column", role: "button", "aria-label": label, data: { key: String(Math.round(bin.from)) }, on: { click: choose, keydown: onKey } },
    s("title", {}, label), s("rect", { class: "hit", x, y: 0, width: step, height: HEIGHT }), stack(bin, x, step, most));
}

const present = (bin) => vocabulary.factualities.filter((each) => bin.by[each]);
const parts = (bin) => present(bin).map((each) => `${numeral(bin.by[each])} ${t(`factuality.${each}`)}`).join(", ");

function stack(bin, x, step, most) {
  let y = HEIGHT;
  return present(bin).map((fact) => {
    const height = Math.max(1, (bin.by[fact] / most) * (HEIGHT - 24));
    y -= height;
    const sign = height > 14 && s("text", { class: "column-sign", x: x + step / 2, y: y + height / 2 + 4, "aria-hidden": "true" }, signOf(fact));
    return [s("rect", { class: "fill", data: { fact }, x: x + 1.5, y, width: Math.max(1, step - 3), height }), sign];
  });
}
