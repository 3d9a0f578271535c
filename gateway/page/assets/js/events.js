// Events as the views need them: with their time in numbers, and what can be searched.

import { ask } from "./api.js";
import { ends } from "./moment.js";

const PAGE = 500;

/** So many are held in the browser at most; beyond that the gateway filters. */
export const MOST = 10_000;

/** Prepare one CloudEvent. */
export function prepare({ data: event, subject, time }) {
  const names = event.participants.map((each) => each.name);
  const { start, end } = ends(event.time);
  return {
    event, start, end,
    articleId: subject,
    announced: time,
    countries: new Set([...event.participants, event.place].map((each) => each?.country).filter(Boolean)),
    folded: fold(names.join("\n")),
  };
}

/** Write a name as it is compared: lower case, without accents. */
export const fold = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Load the events that hold, the latest announced first. */
export async function loadEvents(filter, { signal, onProgress = () => {} } = {}) {
  const query = new URLSearchParams({ limit: PAGE });
  if (filter?.type) query.set("type", filter.type);
  if (filter?.factuality) query.set("factuality", filter.factuality);
  if (filter?.country) query.set("country", filter.country);
  if (filter?.person) query.set("participant", filter.person);
  const items = [];
  for (;;) {
    const page = await ask(`/v1/events?${query}`, { signal });
    for (const each of page.events) items.push(prepare(each));
    onProgress(items.length);
    if (!page.next_cursor) return { items, isComplete: true };
    if (items.length >= MOST) return { items, isComplete: false };
    query.set("cursor", page.next_cursor);
  }
}

/** Give those that a filter lets through. */
export function choose(items, { type, factuality, country, person }) {
  const words = person ? fold(person).split(/\s+/).filter(Boolean) : [];
  return items.filter((each) =>
    (!type || each.event.type === type) &&
    (!factuality || each.event.factuality === factuality) &&
    (!country || each.countries.has(country)) &&
    words.every((word) => each.folded.includes(word)));
}
