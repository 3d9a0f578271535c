// Articles that could not be processed, each with a button that tries it again.

import { ask } from "../api.js";
import { meaningOf } from "../codes.js";
import { h, put } from "../dom.js";
import { clock, day } from "../moment.js";
import { t } from "../texts.js";
import { trouble } from "./notice.js";

const EVERY_MS = 5_000;

/** Make the list; it renews itself until the signal says stop. */
export function failures({ signal }) {
  const list = h("div", {});
  const section = h("section", { class: "failures", "aria-labelledby": "failures-heading" }, h("h2", { id: "failures-heading" }, t("live.failures")), list);
  const renew = async () => {
    if (signal.aborted) return;
    try {
      const { failures: found } = await ask("/v1/failures?limit=50", { signal });
      // What somebody is about to press stays where it is.
      if (!list.contains(document.activeElement)) show(list, found, { renew: once, signal });
    } catch (error) {
      if (error.name === "AbortError") return;
      // Another scope is needed for these than for the rest of the view: say so once, and ask no more.
      put(list, error.status === 403 || error.status === 401 ? h("p", { class: "notice" }, t("live.failures_admin")) : trouble(error));
      if (error.status === 403 || error.status === 401) return;
    }
    setTimeout(renew, EVERY_MS);
  };
  const once = async () => show(list, (await ask("/v1/failures?limit=50", { signal })).failures, { renew: once, signal });
  renew();
  return section;
}

function show(list, found, options) {
  put(list, found.length === 0 ? h("p", { class: "faint" }, t("live.no_failures")) : h("ul", { class: "plain" }, found.map((each) => entry(each, options))));
}

function entry({ failure_id: id, failure }, { renew, signal }) {
  const answer = h("span", { role: "status" });
  const replay = async () => {
    button.disabled = true;
    try {
      await ask(`/v1/failures/${encodeURIComponent(id)}/replay`, { method: "POST", signal });
      answer.textContent = t("live.replayed");
      setTimeout(renew, 1_000);
    } catch (error) {
      button.disabled = false;
      answer.textContent = error.heading ?? error.message;
    }
  };
  const button = h("button", { type: "button", class: "quiet small", "aria-label": t("live.replay_of", { id }), on: { click: replay } }, t("live.replay"));
  return h("li", { class: "failure", data: { failure: id, family: failure.family } },
    h("p", {}, h("span", { class: "code" }, failure.code), " ", h("span", { class: "faint" }, t(`family.${failure.family}`))),
    h("p", { class: "mono id" }, failure.article_id ?? id),
    meaningOf(failure.code) && h("p", {}, meaningOf(failure.code)),
    h("p", { class: "faint", lang: "en" }, failure.message),
    h("p", { class: "row spread" }, h("time", { class: "faint", datetime: failure.failed_at }, `${day(Date.parse(failure.failed_at))}, ${clock(failure.failed_at)}`), h("span", { class: "row" }, answer, button)));
}
