// The events of the gateway, shared by timeline and graph, so that going from one to the other asks nothing again.

import { choose, loadEvents } from "./events.js";

const FRESH_MS = 15_000;
let last = null;

/** Give the events that a filter lets through, of all that could be loaded. */
export async function eventsFor(filter, options) {
  const all = await everything(options);
  if (all.isComplete || !Object.values(filter).some(Boolean)) return { ...all, chosen: choose(all.items, filter) };
  // More than the browser holds: the gateway knows those that are not here.
  const found = await loadEvents(filter, options);
  return { ...found, items: all.items, chosen: found.items };
}

async function everything(options) {
  if (last && performance.now() - last.at < FRESH_MS) return last.all;
  const all = await loadEvents(null, options);
  last = { at: performance.now(), all };
  return all;
}

/** Keep what was loaded for as long as a view is worked with. */
export function stayFresh() {
  if (last) last.at = performance.now();
}
