// One event, as a person reads it.

import { h } from "../dom.js";
import { when } from "../moment.js";
import { to } from "../routes.js";
import { numeral, t } from "../texts.js";
import { typeLabel } from "../vocabulary.js";
import { factualityTag } from "./factuality.js";

/** Make the card of an event; `quote` is its sentence where the text is at hand, `link` leads to its article. */
export function card(event, { quote = null, link = null, attributes = {}, extra = null } = {}) {
  return h("article", { class: "card", ...attributes, data: { event: event.id, fact: event.factuality, ...attributes.data } },
    h("header", {},
      h("h3", {}, typeLabel(event.type)), factualityTag(event.factuality),
      certainty(event.confidence), event.stage && h("span", { class: "stage" }, t(`stage.${event.stage}`))),
    h("dl", {},
      row("who", event.participants.map(party)),
      row("when", time(event.time)),
      row("where", event.place && [event.place.name, country(event.place.country)]),
      row("about", event.topics.map((each) => h("span", { class: "item" }, each.text))),
      row("says", event.sources.map(source)),
      !quote && row("words", words(event))),
    quote,
    (link || extra) && h("footer", {}, link && h("a", { href: link }, t("event.article")), extra));
}

/** Name the parties in one line. */
export const partiesOf = (event) => event.participants.map((each) => each.name).join(" · ");

function row(key, value) {
  const isEmpty = !value || (Array.isArray(value) && value.filter(Boolean).length === 0);
  return isEmpty ? null : [h("dt", {}, t(`event.${key}`)), h("dd", {}, value)];
}

function party(each) {
  const more = [each.descriptor, each.role !== "participant" && t(`role.${each.role}`), each.inferred && t("event.inferred")].filter(Boolean);
  return h("span", { class: "item" },
    h("a", { class: "party", href: to("timeline", null, { person: each.name }), title: t("event.more_of", { name: each.name }) }, each.name),
    country(each.country), more.length > 0 && h("span", { class: "faint" }, ` ${more.join(", ")}`));
}

const country = (code) => code && h("span", { class: "country", title: t("event.country") }, code);

function time(found) {
  if (!found) return null;
  const written = when(found);
  return [written && h("span", { class: "item" }, written), h("q", { class: "faint" }, found.text),
    found.granularity !== "unknown" && h("span", { class: "grain" }, t(`granularity.${found.granularity}`))];
}

const source = (each) => h("span", { class: "item" }, each.name,
  h("span", { class: "faint" }, ` ${[each.descriptor !== each.name && each.descriptor, t(`how.${each.how}`)].filter(Boolean).join(", ")}`));

const words = (event) => [...new Set(event.mentions.map((each) => each.text))].flatMap((each) => [h("q", {}, each), " "]);

function certainty(value) {
  const percent = numeral(value, { style: "percent" });
  return h("span", { class: "certainty", title: t("event.confidence_hint") },
    h("meter", { min: 0, max: 1, value, "aria-label": t("event.confidence") }), percent);
}
