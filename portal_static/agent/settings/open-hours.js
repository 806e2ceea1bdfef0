/** When a calendar is open, by its own clock: near enough to show people what they have set; clocks that jump are left out. */
import { region } from "../../shared/i18n.js";
import { DAY, DAYS, spanOf } from "./hours.js";

/** @typedef {{zone: string, hours: import("./hours.js").Week, exceptions: {date: string, hours: import("./hours.js").Pair[]}[], holiday_names?: Record<string, string>}} Calendar */

const FAR = 400; // days that are looked ahead
const MILLISECONDS = 60_000;

/** Minutes since 1970 on the wall clock of a zone; NaN for a zone that is not known. @param {string} zone @param {Date} [at] */
export function wallClock(zone, at = new Date()) {
  try {
    const parts = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" }).formatToParts(at);
    const of = (/** @type {string} */ type) => Number(parts.find((part) => part.type === type)?.value);
    return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute")) / MILLISECONDS;
  } catch {
    return NaN;
  }
}

/** A minute of the wall clock in the reader's words. @param {number} minute @param {Intl.DateTimeFormatOptions} [options] */
export const wallText = (minute, options = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }) => new Intl.DateTimeFormat(region(), { ...options, timeZone: "UTC" }).format(minute * MILLISECONDS);

/** The same without the date when that is today's. @param {number} minute @param {number} now */
export const nearText = (minute, now) => (Math.floor(minute / DAY) === Math.floor(now / DAY) ? wallText(minute, { hour: "2-digit", minute: "2-digit" }) : wallText(minute));

/** The hours that begin on a day, counted from 1970. @param {Calendar} calendar @param {number} day */
function spansOn({ hours, exceptions, holiday_names = {} }, day) {
  const date = new Date(day * DAY * MILLISECONDS).toISOString().slice(0, 10);
  const special = exceptions.find((one) => one.date === date);
  const pairs = special ? special.hours : date in holiday_names ? [] : hours[DAYS[(day + 3) % 7]] || [];
  return pairs.map(spanOf).filter((span) => span !== null).map(({ begin, end }) => ({ begin: day * DAY + begin, end: day * DAY + end })).sort((one, other) => one.begin - other.begin);
}

/** Stretches in which it is open from a minute on, each until it closes. @param {Calendar} calendar @param {number} from */
function* stretches(calendar, from) {
  const first = Math.floor(from / DAY) - 1;
  /** @type {import("./hours.js").Span | null} */
  let held = null;
  for (let day = first; day < first + FAR; day += 1) {
    for (const span of spansOn(calendar, day)) {
      if (held && span.begin <= held.end) held.end = Math.max(held.end, span.end);
      else {
        if (held && held.end > from) yield held;
        held = span;
      }
    }
  }
  if (held && held.end > from) yield held;
}

/** When it is open next, or until when it is; null when that is never. @param {Calendar} calendar @param {number} now */
export function opening(calendar, now) {
  const { value } = stretches(calendar, now).next();
  return value ? { ...value, open: value.begin <= now, always: value.end - now > 60 * DAY } : null;
}

/** When so many minutes of its time have passed; NaN when that is too far away. @param {Calendar} calendar @param {number} now @param {number} minutes */
export function due(calendar, now, minutes) {
  let left = minutes;
  for (const { begin, end } of stretches(calendar, now)) {
    const start = Math.max(begin, now);
    if (end - start >= left) return start + left;
    left -= end - start;
  }
  return NaN;
}
