// What happens now: events as they arrive, how the queue does, what failed.

import { ask } from "../api.js";
import { h, put } from "../dom.js";
import { failures } from "../parts/failures.js";
import { figures } from "../parts/figures.js";
import { card } from "../parts/card.js";
import { empty } from "../parts/notice.js";
import { clock } from "../moment.js";
import { to } from "../routes.js";
import { follow } from "../stream.js";
import { count, t } from "../texts.js";

const MOST = 60;

/** Show the view. */
export async function show(place, { signal }) {
  const state = h("span", { class: "connection", role: "status", data: { state: "connecting" } }, t("live.connecting"));
  const list = h("div", { class: "cards arrivals", role: "log", "aria-live": "off", "aria-label": t("live.arrivals") }, empty(t("live.waiting"), t("live.waiting_hint")));
  const feed = arrivals(list);
  put(place,
    h("div", { class: "view-head" }, h("h1", {}, t("nav.live")), state),
    figures({ signal }),
    h("div", { class: "live-grid" },
      h("section", { "aria-labelledby": "arrivals-heading" }, h("div", { class: "row spread" }, h("h2", { id: "arrivals-heading" }, t("live.arrivals")), feed.pause), list),
      failures({ signal })));
  const onState = (name, error) => { state.dataset.state = name; state.textContent = error ? error.heading : t(`live.${name}`); };
  await feed.begin(signal);
  // Without end, beside all else: the view is shown already.
  follow({ signal, onEvent: feed.take, onState });
}

function arrivals(list) {
  let held = null;
  const label = () => { pause.textContent = held === null ? t("live.pause") : held.length ? count("live.go_on", held.length) : t("live.go_on_none"); };
  const pause = h("button", { type: "button", class: "quiet small", on: { click: () => { const before = held; held = held === null ? [] : null; before?.forEach(insert); label(); } } });
  label();

  function insert({ event: kind, data }) {
    const message = JSON.parse(data);
    if (kind === "depesche.event.v1") add(message);
    else if (kind === "depesche.event.retracted.v1") withdraw(list, message);
    else if (kind === "depesche.gap") list.prepend(h("p", { class: "notice" }, t("live.gap")));
  }

  function add({ data: event, subject, time }, { isNew = true } = {}) {
    list.querySelector(".empty")?.remove();
    const link = to("article", subject, { event: event.id });
    list.prepend(card(event, { link, extra: h("time", { class: "faint", datetime: time }, clock(time)), attributes: { class: isNew ? "card is-new" : "card" } }));
    while (list.children.length > MOST) list.lastChild.remove();
  }

  /** Show the last ones first, so that the view is not bare where little happens. */
  async function begin(signal) {
    const { events } = await ask("/v1/events?limit=12", { signal });
    events.reverse().forEach((each) => add(each, { isNew: false }));
  }

  const take = (message) => { if (held === null) insert(message); else { held.push(message); held = held.slice(-MOST); label(); } };
  return { pause, take, begin };
}

function withdraw(list, { data }) {
  const found = list.querySelector(`[data-event="${CSS.escape(data.event_id)}"]`);
  if (!found || found.classList.contains("is-withdrawn")) return;
  found.classList.add("is-withdrawn");
  found.prepend(h("p", { class: "withdrawn" }, t("live.withdrawn")));
}
