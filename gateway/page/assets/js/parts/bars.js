// Events one by one: as wide as their time is coarse, open where it has no end.

import { s } from "../dom.js";
import { ROOM_FOR_WORDS } from "../lanes.js";
import { when } from "../moment.js";
import { to } from "../routes.js";
import { t } from "../texts.js";
import { signOf, typeLabel } from "../vocabulary.js";
import { partiesOf } from "./card.js";

const LANE = 27;
const BAR = 20;
const LETTER = 7.7;

/** Draw the bars. */
export function bars(packed, width) {
  const lanes = packed.reduce((most, each) => Math.max(most, each.lane + 1), 1);
  return { height: Math.max(4, lanes) * LANE + 8, elements: packed.map((each) => draw(each, width)) };
}

function draw({ item: { event, articleId, start, end }, x, width, lane }, whole) {
  const y = 6 + lane * LANE;
  const label = `${typeLabel(event.type)}: ${partiesOf(event) || event.mentions[0].text}`;
  const said = [label, t(`factuality.${event.factuality}`), when(event.time)].filter(Boolean).join(", ");
  const isOpen = start === null || end === null;
  const words = `${signOf(event.factuality)} ${partiesOf(event) || event.mentions[0].text}`;
  return s("a", { href: to("article", articleId, { event: event.id }), "aria-label": said, class: `bar${isOpen ? " is-open" : ""}`, data: { key: event.id, fact: event.factuality } },
    s("title", {}, said),
    s("rect", { class: "hit", x, y: y - 3, width: Math.max(width, 24), height: BAR + 6 }),
    s("rect", { class: "fill", x, y, width, height: BAR, rx: 4 }),
    caption(words, { x, y, width, whole }));
}

/** In the bar where the words fit; else beside it; where there is no room on its right, the sign alone on its left. */
function caption(words, { x, y, width, whole }) {
  const left = Math.max(x, 0);
  const isWide = x + width - left > 90;
  if (width >= ROOM_FOR_WORDS || words.length * LETTER + 14 < width || (isWide && x + width > whole - 90)) return s("text", { x: left + 7, y: y + 14 }, shorten(words, (Math.min(x + width, whole) - left - 14) / LETTER));
  const at = x + width + 5;
  if (at > whole - 50) return s("text", { x: x - 4, y: y + 14, "text-anchor": "end" }, [...words][0]);
  return s("text", { x: at, y: y + 14 }, shorten(words, Math.min(ROOM_FOR_WORDS - 10, whole - at) / LETTER));
}

const shorten = (words, most) => (words.length > most ? `${words.slice(0, Math.max(1, Math.floor(most) - 1))}…` : words);
