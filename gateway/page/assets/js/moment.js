// Times as the contract has them: read as wall clocks, written as coarsely as they are known.

import { numeral, spoken, t } from "./texts.js";

const DAY_MS = 86_400_000;

/** Read an ISO date or date-time by its digits, as if in UTC: the article's own clock, wherever the reader sits. */
export function toMs(written) {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d))?)?/.exec(written ?? "");
  if (!found) return null;
  const [, year, month, day, hour = 0, minute = 0, second = 0] = found;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime();
}

/** Give both ends of an event's time; null where it is open, or where there is none. */
export const ends = (time) => ({ start: toMs(time?.interval?.start), end: toMs(time?.interval?.end) });

const format = (ms, options) => new Intl.DateTimeFormat(spoken(), { timeZone: "UTC", ...options }).format(ms);

/** Write a day. */
export const day = (ms) => format(ms, { year: "numeric", month: "short", day: "numeric" });

/** Write the moment of an announcement, on the reader's own clock. */
export const clock = (written) => new Intl.DateTimeFormat(spoken(), { timeStyle: "medium" }).format(new Date(written));

const BY_GRANULARITY = {
  minute: (ms) => format(ms, { weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }),
  hour: (ms) => BY_GRANULARITY.minute(ms),
  day: (ms) => format(ms, { weekday: "short", year: "numeric", month: "short", day: "numeric" }),
  part_of_day: (ms) => BY_GRANULARITY.day(ms),
  month: (ms) => format(ms, { year: "numeric", month: "long" }),
  quarter: (ms) => t("time.quarter", { n: Math.floor(new Date(ms).getUTCMonth() / 3) + 1, year: yearOf(ms) }),
  half_year: (ms) => t("time.half_year", { n: new Date(ms).getUTCMonth() < 6 ? 1 : 2, year: yearOf(ms) }),
  year: (ms) => yearOf(ms),
  decade: (ms) => t("time.decade", { year: yearOf(ms) }),
};

const yearOf = (ms) => String(new Date(ms).getUTCFullYear());

/** Write an event's time as coarsely as it is known. */
export function when(time) {
  if (!time) return null;
  const { start, end } = ends(time);
  if (start === null && end === null) return null;
  if (start === null) return t("time.until", { end: day(end % DAY_MS === 0 ? end - 1 : end) });
  if (end === null) return t("time.since", { start: day(start) });
  // Half-open: an end at midnight means the day before.
  const last = end % DAY_MS === 0 ? end - 1 : end;
  const write = BY_GRANULARITY[time.granularity];
  const isWhole = write && (last - start <= DAY_MS || write(start) === write(last));
  const found = isWhole ? write(start) : range(start, last);
  return time.approx ? t("time.about", { time: found }) : found;
}

function range(start, last) {
  const formatter = new Intl.DateTimeFormat(spoken(), { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" });
  return formatter.formatRange(start, last);
}

/** Say how long something took. */
export const took = (ms) => (ms < 1000 ? `${numeral(ms)} ms` : `${numeral(ms / 1000, { maximumFractionDigits: 1 })} s`);
