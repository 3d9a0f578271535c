// A text with its evidence marked. Triggers can be reached by the keyboard and choose their event.

import { h } from "../dom.js";
import { segments } from "../marks.js";
import { t } from "../texts.js";
import { signOf } from "../vocabulary.js";

/** Give the pieces of a text. */
export function marked(text, spans) {
  return segments(text, spans).map((each) => (each.kind ? mark(each) : each.text));
}

function mark({ text, spans, kind }) {
  const first = spans.find((each) => each.kind === kind);
  const events = [...new Set(spans.map((each) => each.event))].join(" ");
  const kinds = [...new Set(spans.map((each) => t(`mark.${each.kind}`)))].join(", ");
  const isTrigger = kind === "trigger";
  return h("span", {
    class: `mark is-${kind}`, title: kinds, role: isTrigger ? "button" : null, tabindex: isTrigger ? "0" : null, "aria-pressed": isTrigger ? "false" : null,
    data: { events, main: first.event, fact: first.fact, ...(isTrigger && { sign: signOf(first.fact) }) },
  }, text);
}
