/** Dates as YYYY-MM-DD, minutes of the wall clock of a zone, and how both are written. */
import { region } from "../../../shared/i18n.js";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export const DAY = 1440; // minutes
const MS = 60_000;

/** @param {string} day @param {number} count */
export const addDays = (day, count) => new Date(Date.parse(day) + count * DAY * MS).toISOString().slice(0, 10);

/** @param {string} day */
const indexOf = (day) => (new Date(day).getUTCDay() + 6) % 7;

/** @param {string} day */
export const weekdayOf = (day) => WEEKDAYS[indexOf(day)];

/** @param {string} day */
export const mondayOf = (day) => addDays(day, -indexOf(day));

/** The number of the week that a date is in (ISO 8601). @param {string} day */
export function weekNumber(day) {
  const thursday = addDays(mondayOf(day), 3);
  return 1 + Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / (7 * DAY * MS));
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** The moment at which the wall clock of a zone shows a time. @param {string} day @param {number} minute @param {string} zone */
export function momentOf(day, minute, zone) {
  const wanted = Date.parse(day) + minute * MS;
  let at = wanted;
  for (let turn = 0; turn < 2; turn += 1) {
    const shown = wall(at, zone);
    at += wanted - (Date.parse(shown.day) + shown.minute * MS);
  }
  return new Date(at).toISOString();
}

/** What the wall clock of a zone shows at a moment. @param {string | number} moment @param {string} zone */
export function wall(moment, zone) {
  if (!clocks.has(zone)) clocks.set(zone, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }));
  const parts = /** @type {Intl.DateTimeFormat} */ (clocks.get(zone)).formatToParts(new Date(moment));
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return { day: `${of.year}-${of.month}-${of.day}`, minute: Number(of.hour) * 60 + Number(of.minute) };
}

/** @param {string} zone */
export const today = (zone) => wall(Date.now(), zone).day;

/** 08:30, as the API has it; 24:00 is the end of a day. @param {number} minute */
export function timeText(minute) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** @param {string} text */
export const minuteOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** 8, or 8:30. @param {number} minute */
const short = (minute) => (minute % 60 ? `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}` : String(minute / 60));

/** 8–17 @param {number} from @param {number} until minutes */
export const stretch = (from, until) => `${short(from)}–${short(until)}`;

/** @param {string} day @param {Intl.DateTimeFormatOptions} options */
export const written = (day, options) => new Intl.DateTimeFormat(region(), { timeZone: "UTC", ...options }).format(new Date(day));

/** Mon, or Monday. @param {string} weekday @param {"short" | "long"} [length] */
export const weekdayName = (weekday, length = "long") => written(addDays("2024-01-01", WEEKDAYS.indexOf(weekday)), { weekday: length });

/** 16 to 22 November. @param {string} first */
export function weekText(first) {
  /** @type {Intl.DateTimeFormatOptions} */
  const year = first.slice(0, 4) === today("UTC").slice(0, 4) ? {} : { year: "numeric" };
  return new Intl.DateTimeFormat(region(), { timeZone: "UTC", day: "numeric", month: "long", ...year }).formatRange(new Date(first), new Date(addDays(first, 6)));
}

/** Every zone, those that are likely first. @param {string[]} likely */
export function zones(likely) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return [...new Set([own, ...likely, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
