// Which stretches of a text are evidence of which event, and as what.

import { unitsOf } from "./codepoints.js";

/** What is shown where several lie on the same words; the first wins. */
const RANK = ["trigger", "participant", "time", "place", "source", "topic"];

/** Give all the spans of an event, with what they are and the words they must be. */
export function evidence(event) {
  const of = (kind, spans) => spans.map((span) => ({ kind, event: event.id, fact: event.factuality, field: "text", ...span }));
  return [
    ...of("trigger", event.mentions),
    ...event.participants.flatMap((each) => of("participant", each.spans)),
    ...of("time", event.time ? [{ ...event.time.span, text: event.time.text }] : []),
    ...of("place", event.place ? [event.place.span] : []),
    ...event.sources.flatMap((each) => of("source", each.spans)),
    ...of("topic", event.topics.map((each) => ({ ...each.span, text: each.text }))),
  ];
}

/** Cut a text where evidence begins or ends. */
export function segments(text, spans) {
  const units = unitsOf(text);
  const edges = [...new Set([0, text.length, ...spans.flatMap((each) => [units(each.start), units(each.end)])])].sort((a, b) => a - b);
  const at = new Map(edges.map((edge, index) => [edge, index]));
  const over = edges.map(() => []);
  for (const span of spans) for (let n = at.get(units(span.start)); n < at.get(units(span.end)); n += 1) over[n].push(span);
  return edges.slice(0, -1).map((edge, n) => ({ text: text.slice(edge, edges[n + 1]), spans: over[n], kind: kindOf(over[n]) }));
}

const kindOf = (spans) => RANK.find((kind) => spans.some((each) => each.kind === kind)) ?? null;

/** Tell whether a text is the one that the events were found in: every quoted wording stands where it should. */
export function fits({ text, title }, events) {
  const fields = { text: [text, unitsOf(text)], title: [title ?? "", unitsOf(title ?? "")] };
  return events.flatMap(evidence).filter((each) => each.text).every(({ field, start, end, text: words }) => {
    const [whole, units] = fields[field];
    return whole.slice(units(start), units(end)) === words;
  });
}
