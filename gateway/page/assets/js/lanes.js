// Where events lie on the timeline: one beneath the other where they would cover each other, or counted where they are many.

/** So many events are drawn one by one; beyond that they are counted. */
export const SINGLE = 400;

const LEAST_WIDTH = 9;
/** Beside a bar that is narrower than this, in pixels; a wider one has its words inside. */
export const ROOM_FOR_WORDS = 210;

/** Give those that overlap with a window. */
export const within = (items, [from, until]) =>
  items.filter(({ start, end }) => (start ?? end) !== null && (start ?? -Infinity) < until && (end ?? Infinity) > from);

/** Put events into lanes; each gets x, width and lane. Words beside a bar need room as well. */
export function pack(items, place, width) {
  const ends = [];
  const sorted = [...items].sort((a, b) => (a.start ?? -Infinity) - (b.start ?? -Infinity) || (a.end ?? Infinity) - (b.end ?? Infinity));
  return sorted.map((item) => {
    const left = item.start === null ? 0 : Math.max(-4, place(item.start));
    const right = item.end === null ? width : Math.min(width + 4, place(item.end));
    const bar = { item, x: left, width: Math.max(LEAST_WIDTH, right - left) };
    const needed = left + bar.width + (bar.width < ROOM_FOR_WORDS ? ROOM_FOR_WORDS : 6);
    const lane = ends.findIndex((end) => end <= left);
    bar.lane = lane === -1 ? ends.length : lane;
    ends[bar.lane] = needed;
    return bar;
  });
}

/** Count events by stretches of the window and by factuality. */
export function bins(items, [from, until], number) {
  const size = (until - from) / number;
  const found = Array.from({ length: number }, (_, n) => ({ from: from + n * size, until: from + (n + 1) * size, total: 0, by: {} }));
  for (const { start, end, event } of items) {
    const bin = found[Math.min(number - 1, Math.max(0, Math.floor(((start ?? end) - from) / size)))];
    bin.total += 1;
    bin.by[event.factuality] = (bin.by[event.factuality] ?? 0) + 1;
  }
  return found;
}
