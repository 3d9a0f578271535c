// A few numbers, asked for every two seconds while they are seen.

import { ask } from "../api.js";
import { h, put, s } from "../dom.js";
import { numeral, t } from "../texts.js";

const EVERY_MS = 2_000;
const WINDOW_S = 600;
const DEPTHS = 60;

/** Make the row of numbers; it renews itself until the signal says stop. */
export function figures({ signal }) {
  const row = h("div", { class: "figures" });
  const depths = [];
  const renew = async () => {
    if (signal.aborted) return;
    try {
      if (!document.hidden) show(row, await ask(`/v1/overview?window_s=${WINDOW_S}`, { signal }), depths);
    } catch (error) {
      if (error.name === "AbortError") return;
      put(row, h("p", { class: "notice is-bad" }, error.heading ?? error.message));
      // Whoever gave no token is not asked for one every two seconds.
      if (error.status === 401 || error.status === 403) return;
    }
    setTimeout(renew, EVERY_MS);
  };
  renew();
  return row;
}

function show(row, found, depths) {
  depths.push(found.waiting);
  if (depths.length > DEPTHS) depths.shift();
  const minutes = found.window_s / 60;
  const bad = found.transient + found.defect + found.invalid;
  put(row,
    figure("waiting", numeral(found.waiting), { more: spark(depths) }),
    figure("workers", numeral(found.workers), { isBad: found.workers === 0, more: found.workers === 0 && h("span", { class: "faint" }, t("live.no_workers")) }),
    figure("rate", numeral(found.done / minutes, { maximumFractionDigits: 1 }), { more: h("span", { class: "faint" }, t("live.rate_hint")) }),
    figure("failed", numeral(bad), { isBad: found.transient + found.defect > 0, more: h("span", { class: "faint" }, t("live.failed_hint", { invalid: numeral(found.invalid) })) }),
    figure("events", numeral(found.events)));
}

const figure = (key, value, { isBad = false, more = null } = {}) =>
  h("div", { class: `figure${isBad ? " is-bad" : ""}`, data: { figure: key } }, h("span", { class: "figure-label" }, t(`live.figure_${key}`)), h("span", { class: "figure-value" }, value), more);

function spark(depths) {
  const most = Math.max(1, ...depths);
  const points = depths.map((each, n) => `${(n / Math.max(1, DEPTHS - 1)) * 120},${23 - (each / most) * 21}`).join(" ");
  return s("svg", { class: "spark", viewBox: "0 0 120 24", preserveAspectRatio: "none", "aria-hidden": "true" }, s("polyline", { points }));
}
