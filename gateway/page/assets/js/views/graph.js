// Who meets whom.

import { h, put } from "../dom.js";
import { arrange, network } from "../network.js";
import { card } from "../parts/card.js";
import { factualityTag } from "../parts/factuality.js";
import { filterOf, filters } from "../parts/filters.js";
import { drawNetwork } from "../parts/netdraw.js";
import { empty, trouble } from "../parts/notice.js";
import { rewrite, to } from "../routes.js";
import { eventsFor, stayFresh } from "../store.js";
import { count, numeral, t } from "../texts.js";

/** Show the view. */
export async function show(place, { query, signal }) {
  const status = h("p", { class: "facts", role: "status" }, t("timeline.loading"));
  put(place, h("div", { class: "view-head" }, h("h1", {}, t("nav.graph")), status));
  let filter = filterOf(query);
  const load = () => eventsFor(filter, { signal });
  const found = await load();
  if (signal.aborted) return;
  if (found.items.length === 0) return void place.append(empty(t("timeline.none"), h("a", { href: to("submit") }, t("timeline.none_hint"))));
  const stage = h("div", { class: "graph-stage" });
  const beside = h("section", { class: "graph-side", "aria-live": "polite" });
  const pairs = h("section", {});
  const draw = ({ chosen }) => { stayFresh(); status.textContent = drawAll({ stage, beside, pairs }, chosen); };
  const onChange = async (chosen) => {
    filter = chosen;
    rewrite("graph", null, filter);
    try {
      const answer = await load();
      if (filter === chosen && !signal.aborted) draw(answer);
    } catch (error) {
      if (error.name !== "AbortError") put(beside, trouble(error, { onRetry: () => onChange(chosen) }));
    }
  };
  place.append(
    filters({ filter, items: found.items, onChange }),
    h("div", { class: "graph-grid" }, stage, beside), pairs);
  draw(found);
}

function drawAll({ stage, beside, pairs }, items) {
  const width = Math.max(300, stage.clientWidth);
  const isNarrow = width < 600;
  const net = network(items, isNarrow ? 18 : 45);
  if (net.nodes.length === 0) {
    put(beside); put(pairs);
    put(stage, empty(t("graph.none"), t("graph.none_hint")));
    return t("graph.none");
  }
  const height = isNarrow ? 460 : 600;
  arrange(net, width, height);
  const onChoose = (name) => put(beside, name ? about(name, items) : hint());
  put(stage, drawNetwork(net, { width, height, onChoose }));
  onChoose(null);
  put(pairs, table(net));
  return [count("graph.parties", net.nodes.length), net.left > 0 && count("graph.left", net.left)].filter(Boolean).join(" · ");
}

const hint = () => [h("h2", {}, t("graph.choose")), h("p", {}, t("graph.choose_hint")),
  h("ul", { class: "plain kinds" }, ["person", "organization", "country", "group"].map((kind) => h("li", {}, h("span", { class: "shape", data: { kind }, "aria-hidden": "true" }), t(`kind.${kind}`)))),
  h("p", { class: "faint" }, t("graph.lines"))];

function about(name, items) {
  const own = items.filter(({ event }) => event.participants.some((each) => each.name === name));
  return [h("h2", {}, name), h("p", {}, h("a", { href: to("timeline", null, { person: name }) }, t("graph.on_timeline"))),
    own.slice(0, 12).map(({ event, articleId }) => card(event, { link: to("article", articleId, { event: event.id }) })),
    own.length > 12 && h("p", { class: "faint" }, t("timeline.more", { n: numeral(own.length - 12) }))];
}

function table({ links }) {
  const sorted = [...links].sort((a, b) => b.total - a.total).slice(0, 40);
  const row = ({ one, other, total, facts }) => h("tr", {}, h("td", {}, person(one)), h("td", {}, person(other)), h("td", { class: "number" }, numeral(total)),
    h("td", {}, Object.keys(facts).map((each) => h("span", { class: "item" }, factualityTag(each)))));
  return [h("h2", {}, t("graph.pairs")), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("graph.pairs") }, h("table", {},
    h("thead", {}, h("tr", {}, ["one", "other", "events", "how"].map((each) => h("th", { scope: "col" }, t(`graph.${each}`))))),
    h("tbody", {}, sorted.map(row))))];
}

const person = (name) => h("a", { href: to("timeline", null, { person: name }) }, name);
