// Says that something is missing, or went wrong and what mends it.

import { remedyOf } from "../codes.js";
import { h } from "../dom.js";
import { t } from "../texts.js";
import { askForToken } from "../token.js";

/** Say what went wrong. */
export function trouble(error, { onRetry = null } = {}) {
  const heading = error.heading ?? t("problem.unknown");
  const remedy = remedyOf(error.code) ?? error.remedy;
  // What the service says of the case at hand is English, whatever the page speaks.
  const detail = error.code ? error.detail : error.message;
  const retry = onRetry && h("button", { type: "button", class: "quiet", on: { click: onRetry } }, t("action.retry"));
  const needsToken = error.status === 401 || error.status === 403;
  const enter = async () => { if (await askForToken()) onRetry?.(); };
  return h("div", { class: "notice is-bad", role: "alert" },
    h("p", { class: "strong" }, heading),
    error.reason && h("p", {}, error.reason),
    remedy && h("p", {}, remedy),
    detail && h("p", { class: "faint", lang: "en" }, detail),
    (retry || needsToken) && h("div", { class: "row" }, needsToken && h("button", { type: "button", on: { click: enter } }, t("token.enter")), retry));
}

/** Say that there is nothing to show, and what to do about it. */
export const empty = (heading, ...more) => h("div", { class: "empty" }, h("p", { class: "strong" }, heading), ...more.map((each) => h("p", {}, each)));
