// Draws the network; a point that is looked at, or chosen, shows its neighbours.

import { s } from "../dom.js";
import { count, t } from "../texts.js";

const SOLID = ["asserted", "reported"];
const UNDONE = ["denied", "cancelled"];

/** Draw points and lines. */
export function drawNetwork({ nodes, links }, { width, height, onChoose }) {
  const biggest = Math.max(...nodes.map((each) => each.total));
  const neighbours = new Map(nodes.map(({ name }) => [name, new Set([name])]));
  for (const { one, other } of links) { neighbours.get(one).add(other); neighbours.get(other).add(one); }
  const lines = links.map((each) => [each, line(each)]);
  const points = nodes.map((each) => [each, point(each, width < 600 ? 5 + 8 * Math.sqrt(each.total / biggest) : 6 + 14 * Math.sqrt(each.total / biggest))]);
  let chosen = null;

  function light(name) {
    svg.classList.toggle("is-lit", Boolean(name));
    for (const [{ one, other }, element] of lines) element.classList.toggle("lit", name === one || name === other);
    for (const [each, element] of points) element.classList.toggle("lit", Boolean(name) && neighbours.get(name).has(each.name));
  }

  function choose(name) {
    chosen = chosen === name ? null : name;
    for (const [each, element] of points) element.setAttribute("aria-pressed", String(each.name === chosen));
    light(chosen);
    onChoose(chosen);
  }

  const svg = s("svg", { class: "network", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": t("graph.chart") },
    lines.map(([, element]) => element), points.map(([, element]) => element));
  for (const [{ name }, element] of points) {
    element.addEventListener("click", () => choose(name));
    element.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(name); } });
    for (const kind of ["pointerenter", "focus"]) element.addEventListener(kind, () => light(name));
    for (const kind of ["pointerleave", "blur"]) element.addEventListener(kind, () => light(chosen));
  }
  return svg;
}

function line({ a, b, one, other, total, facts }) {
  const has = (kinds) => kinds.some((each) => facts[each]);
  const look = has(SOLID) ? "is-solid" : has(UNDONE) ? "is-undone" : "is-open";
  return s("line", { class: `link ${look}`, x1: a.x, y1: a.y, x2: b.x, y2: b.y, "stroke-width": Math.min(8, 1 + 1.2 * Math.sqrt(total)) },
    s("title", {}, `${one} – ${other}: ${count("timeline.loaded", total)}`));
}

function point({ name, kind, x, y, total }, radius) {
  return s("g", { class: "point", role: "button", tabindex: "0", "aria-pressed": "false", "aria-label": `${name}, ${count("timeline.loaded", total)}`, data: { kind, name } },
    s("title", {}, name), shape(kind, x, y, radius),
    s("text", { x, y: y + radius + 15, "text-anchor": "middle" }, name.length > 20 ? `${name.slice(0, 19)}…` : name));
}

function shape(kind, x, y, r) {
  if (kind === "organization") return s("rect", { class: "shape", x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, rx: 2 });
  if (kind === "country" || kind === "place") return s("path", { class: "shape", d: `M${x} ${y - r * 1.2}L${x + r * 1.2} ${y}L${x} ${y + r * 1.2}L${x - r * 1.2} ${y}Z` });
  if (kind === "group") return s("path", { class: "shape", d: `M${x} ${y - r * 1.15}L${x + r * 1.1} ${y + r * 0.85}L${x - r * 1.1} ${y + r * 0.85}Z` });
  return s("circle", { class: "shape", cx: x, cy: y, r });
}
