// The timeline: a window onto the events that can be moved and widened, by pointer, wheel, buttons and keys.

import { h, put, s } from "../dom.js";
import { bins, pack, SINGLE, within } from "../lanes.js";
import { day } from "../moment.js";
import { scale, ticks, usualWindow, wholeWindow } from "../scale.js";
import { count, spoken, t } from "../texts.js";
import { bars } from "./bars.js";
import { columns } from "./columns.js";

const LEAST_MS = 6 * 3_600_000;

/** Make a timeline. */
export function chart({ onWindow }) {
  const svg = s("svg", { class: "timeline", role: "group", "aria-label": t("timeline.chart") });
  const range = h("span", { class: "range", "aria-live": "polite" });
  const hint = h("p", { class: "hint" });
  const frame = h("div", { class: "chart-frame" }, svg);
  const element = h("div", { class: "chart" }, h("div", { class: "row spread" }, range, tools()), frame, hint);
  let items = [];
  let window = [0, 1];
  let told = null;

  function tools() {
    const button = (key, sign, act) => h("button", { type: "button", class: "tool", title: t(`timeline.${key}`), "aria-label": t(`timeline.${key}`), on: { click: act } }, sign);
    return h("div", { class: "switch", role: "group", "aria-label": t("timeline.move") },
      button("earlier", "←", () => move(-0.4)), button("later", "→", () => move(0.4)),
      button("closer", "+", () => zoom(0.5)), button("wider", "−", () => zoom(2)),
      button("usual", t("timeline.usual_short"), () => look(usualWindow(dated()))), button("whole", t("timeline.whole_short"), () => look(wholeWindow(dated()))));
  }

  const dated = () => items.filter((each) => each.start !== null || each.end !== null);

  function look(wanted) {
    window = wanted;
    draw();
    clearTimeout(told);
    // The list below is redrawn when the window has come to rest.
    told = setTimeout(() => onWindow({ items, window }), 90);
  }

  const move = (share) => look(window.map((edge) => edge + share * (window[1] - window[0])));

  function zoom(factor, at = 0.5) {
    const [from, until] = window;
    const length = Math.max(LEAST_MS, (until - from) * factor);
    const fixed = from + at * (until - from);
    look([fixed - at * length, fixed + (1 - at) * length]);
  }

  function draw() {
    const width = Math.max(280, frame.clientWidth);
    const place = scale(window, width);
    const visible = within(items, window);
    hint.textContent = t(visible.length > SINGLE ? "timeline.columns" : "timeline.keys");
    const inner = visible.length > SINGLE
      ? columns(bins(visible, window, Math.floor(width / 16)), { width, onChoose: look })
      : bars(pack(visible, place, width), width);
    const focused = document.activeElement?.closest?.(".timeline [data-key]")?.dataset.key;
    const height = inner.height + 34;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    put(svg, axis(width, height, place), inner.elements);
    range.textContent = `${day(window[0])} – ${day(window[1])} · ${count("timeline.loaded", visible.length)}`;
    rove(svg, focused);
  }

  function axis(width, height, place) {
    const { ticks: found } = ticks(window, width);
    const now = place(Date.now());
    return [
      found.map(({ at, unit }) => [s("line", { class: "grid", x1: place(at), x2: place(at), y1: 0, y2: height - 20 }),
        s("text", { class: "tick", x: place(at) + 4, y: height - 5 }, tickText(at, unit))]),
      now > 0 && now < width && s("line", { class: "now", x1: now, x2: now, y1: 0, y2: height - 20 }, s("title", {}, t("timeline.now"))),
    ];
  }

  svg.addEventListener("keydown", (event) => {
    const act = { "+": () => zoom(0.5), "-": () => zoom(2), PageUp: () => move(-0.4), PageDown: () => move(0.4), Home: () => look(wholeWindow(dated())) }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
    event.preventDefault();
    if (event.ctrlKey) zoom(event.deltaY > 0 ? 1.25 : 0.8, event.offsetX / svg.clientWidth);
    else move(event.deltaX / svg.clientWidth);
  }, { passive: false });
  draggable(svg, (share) => move(-share));
  const watch = new ResizeObserver(() => { if (items.length) draw(); });
  watch.observe(frame);

  return {
    element,
    stop: () => { watch.disconnect(); clearTimeout(told); },
    set(chosen) {
      items = chosen;
      look(usualWindow(dated()));
    },
  };
}

const TICKS = { hour: { hour: "2-digit", minute: "2-digit", day: "numeric", month: "short" }, day: { day: "numeric", month: "short", year: "2-digit" }, month: { month: "short", year: "numeric" }, year: { year: "numeric" } };
const tickText = (at, unit) => new Intl.DateTimeFormat(spoken(), { timeZone: "UTC", ...TICKS[unit] }).format(at);

function draggable(svg, onMove) {
  let last = null;
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0 && !event.target.closest("[data-key]")) { last = event.clientX; svg.setPointerCapture(event.pointerId); } });
  svg.addEventListener("pointermove", (event) => { if (last !== null && event.clientX !== last) { onMove((event.clientX - last) / svg.clientWidth); last = event.clientX; } });
  for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, () => { last = null; });
}

/** One stop for the tabulator; the arrows go from one to the next. */
function rove(svg, focused) {
  const stops = [...svg.querySelectorAll("[data-key]")];
  const current = stops.find((each) => each.dataset.key === focused);
  stops.forEach((each) => each.setAttribute("tabindex", "-1"));
  (current ?? stops[0])?.setAttribute("tabindex", "0");
  current?.focus({ preventScroll: true });
  stops.forEach((each, n) => each.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = stops[Math.min(stops.length - 1, Math.max(0, n + step))];
    each.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }));
}
