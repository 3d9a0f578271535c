// From moments to places along a line, and the dates to write beneath it.

const DAY = 86_400_000;
const STEPS = [
  ["hour", 1, DAY / 24], ["hour", 6, DAY / 4], ["day", 1, DAY], ["day", 7, 7 * DAY], ["month", 1, 30 * DAY], ["month", 3, 91 * DAY],
  ["year", 1, 365 * DAY], ["year", 5, 1826 * DAY], ["year", 10, 3652 * DAY], ["year", 50, 18_262 * DAY], ["year", 100, 36_524 * DAY],
];

/** Make a function from moments to pixels. */
export const scale = ([from, until], width) => (ms) => ((ms - from) / (until - from)) * width;

/** Choose dates to write: no closer than `gap` pixels. */
export function ticks([from, until], width, gap = 110) {
  const [unit, every, step] = STEPS.find(([, , ms]) => (ms / (until - from)) * width >= gap) ?? STEPS.at(-1);
  const found = [];
  for (let at = floor(from, unit, every); at < until && found.length < 60; at = next(at, unit, every)) if (at >= from) found.push({ at, unit });
  return { ticks: found, step };
}

function floor(ms, unit, every) {
  const date = new Date(ms);
  if (unit === "hour" || unit === "day") {
    const size = (unit === "hour" ? DAY / 24 : DAY) * every;
    // Weeks begin on Mondays; the first day of all was a Thursday.
    const shift = unit === "day" && every === 7 ? -3 * DAY : 0;
    return Math.floor((ms - shift) / size) * size + shift;
  }
  const month = unit === "month" ? Math.floor(date.getUTCMonth() / every) * every : 0;
  const year = unit === "year" ? Math.floor(date.getUTCFullYear() / every) * every : date.getUTCFullYear();
  return utc(year, month);
}

function next(ms, unit, every) {
  if (unit === "hour" || unit === "day") return ms + (unit === "hour" ? DAY / 24 : DAY) * every;
  const date = new Date(ms);
  return unit === "month" ? utc(date.getUTCFullYear(), date.getUTCMonth() + every) : utc(date.getUTCFullYear() + every, 0);
}

function utc(year, month) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return date.getTime();
}

/** Give the stretch in which most of the events lie, with some air: a single old one does not press all others together. */
export function usualWindow(items) {
  const starts = items.map((each) => each.start ?? each.end).sort((a, b) => a - b);
  if (starts.length === 0) return [Date.now() - 30 * DAY, Date.now() + 30 * DAY];
  const cutOff = starts.length > 20 ? 0.04 : 0;
  const from = starts[Math.floor(cutOff * (starts.length - 1))];
  const until = starts[Math.ceil((1 - cutOff) * (starts.length - 1))];
  const air = Math.max(3 * DAY, (until - from) * 0.06);
  return [from - air, until + air];
}

/** Give the stretch that holds all. */
export function wholeWindow(items) {
  let [from, until] = [Infinity, -Infinity];
  for (const { start, end } of items) {
    from = Math.min(from, start ?? end);
    until = Math.max(until, end ?? start);
  }
  return from < until ? [from - (until - from) * 0.03, until + (until - from) * 0.03] : usualWindow(items);
}
