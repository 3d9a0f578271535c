// Events over time.

import { h, put } from "../dom.js";
import { MOST } from "../events.js";
import { card } from "../parts/card.js";
import { chart } from "../parts/chart.js";
import { filterOf, filters } from "../parts/filters.js";
import { empty, trouble } from "../parts/notice.js";
import { rewrite, to } from "../routes.js";
import { eventsFor, stayFresh } from "../store.js";
import { count, numeral, t } from "../texts.js";
import { within } from "../lanes.js";
import { signLegend } from "../parts/legend.js";

/** So many cards at first; a phone shows one beside the other. */
const SHOWN = matchMedia("(max-width: 640px)").matches ? 8 : 24;

/** Show the view. */
export async function show(place, { query, signal }) {
  const status = h("p", { class: "facts", role: "status" }, t("timeline.loading"));
  put(place, h("div", { class: "view-head" }, h("h1", {}, t("nav.timeline")), status));
  let filter = filterOf(query);
  const load = () => eventsFor(filter, { signal, onProgress: (n) => { status.textContent = count("timeline.loaded", n); } });
  const found = await load();
  if (signal.aborted) return;
  if (found.items.length === 0) return void place.append(nothing());
  const list = h("div", { class: "event-list" });
  const drawing = chart({ onWindow: (visible) => listEvents(list, visible) });
  const draw = ({ chosen, isComplete }) => {
    stayFresh();
    status.textContent = [count("timeline.shown", chosen.length), !isComplete && t("timeline.capped", { n: numeral(MOST) })].filter(Boolean).join(" · ");
    drawing.set(chosen);
  };
  const onChange = async (chosen) => {
    filter = chosen;
    rewrite("timeline", null, filter);
    try {
      const answer = await load();
      // The last choice counts, whichever answer comes last.
      if (filter === chosen && !signal.aborted) draw(answer);
    } catch (error) {
      if (error.name !== "AbortError") put(list, trouble(error, { onRetry: () => onChange(chosen) }));
    }
  };
  place.append(filters({ filter, items: found.items, onChange }), signLegend(), drawing.element, list);
  draw(found);
  signal.addEventListener("abort", drawing.stop, { once: true });
}

const nothing = () => empty(t("timeline.none"), h("a", { href: to("submit") }, t("timeline.none_hint")));

function listEvents(list, { items, window }) {
  const dated = within(items, window);
  const undated = items.filter((each) => each.start === null && each.end === null);
  dated.sort((a, b) => (a.start ?? a.end) - (b.start ?? b.end));
  put(list, group(count("timeline.in_window", dated.length), dated, { isOpen: true }), undated.length > 0 && group(count("timeline.undated", undated.length), undated, { isOpen: dated.length === 0 }));
}

function group(heading, items, { isOpen }) {
  const cards = h("div", { class: "cards" });
  let shown = 0;
  const more = h("button", { type: "button", class: "quiet", on: { click: () => grow() } });
  const grow = () => {
    for (const { event, articleId } of items.slice(shown, shown + SHOWN)) cards.append(card(event, { link: to("article", articleId, { event: event.id }) }));
    shown = Math.min(items.length, shown + SHOWN);
    more.hidden = shown === items.length;
    more.textContent = t("timeline.more", { n: numeral(items.length - shown) });
  };
  grow();
  return h("details", { open: isOpen }, h("summary", {}, h("h2", {}, heading)), cards, more);
}
