/** Times, sizes and names as the reader writes them. */
import { region, t } from "./i18n.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {Intl.DateTimeFormatOptions} options @param {string | number | Date} when */
function dated(options, when) {
  const key = region() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(region(), options));
  return /** @type {Intl.DateTimeFormat} */ (formats.get(key)).format(new Date(when));
}

/** Age for a row: now, 45m, 3h, 2d, then the date. @param {string} iso */
export function age(iso, now = Date.now()) {
  const passed = now - Date.parse(iso);
  if (passed < MINUTE) return t("age.now");
  if (passed < HOUR) return t("age.minutes", { n: Math.floor(passed / MINUTE) });
  if (passed < DAY) return t("age.hours", { n: Math.floor(passed / HOUR) });
  if (passed < 7 * DAY) return t("age.days", { n: Math.floor(passed / DAY) });
  return day(iso);
}

/** 09:41 @param {string | number} when */
export const clock = (when) => dated({ hour: "2-digit", minute: "2-digit" }, when);

/** 3 Nov, with the year when it is not this one. @param {string} iso */
export function day(iso) {
  const sameYear = new Date(iso).getFullYear() === new Date().getFullYear();
  return dated({ day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) }, iso);
}

/** Mon, 23 Nov, 09:41, with the year when it is not this one. @param {string} iso */
export function weekdayTime(iso) {
  const sameYear = new Date(iso).getFullYear() === new Date().getFullYear();
  return dated({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", ...(sameYear ? {} : { year: "numeric" }) }, iso);
}

/** The time today, "yesterday 09:41", else date and time. @param {string} iso */
export function moment(iso) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const at = Date.parse(iso);
  if (at >= midnight) return clock(iso);
  if (at >= midnight - DAY) return t("time.yesterday", { time: clock(iso) });
  return `${day(iso)}, ${clock(iso)}`;
}

/** Full date and time, for titles. @param {string} iso */
export const exact = (iso) => dated({ dateStyle: "full", timeStyle: "short" }, iso);

/**
 * From when to when, in the reader's zone: times with Z, times without a zone as they stand, or whole days, of which
 * `end` is the first that is none. @param {string} start @param {string | null} end
 */
export function period(start, end) {
  const days = start.length === 10;
  const options = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const format = new Intl.DateTimeFormat(region(), days ? { ...options, timeZone: "UTC" } : { ...options, hour: "2-digit", minute: "2-digit", ...(start.endsWith("Z") ? { timeZoneName: "short" } : {}) });
  const from = new Date(start);
  const to = new Date(days && end ? Date.parse(end) - DAY : end || start);
  return to > from ? format.formatRange(from, to) : format.format(from);
}

/** Bytes as kB or MB, a single kB at least. @param {number} bytes */
export function size(bytes) {
  const big = bytes >= 1e6;
  const unit = big ? "megabyte" : "kilobyte";
  const value = big ? bytes / 1e6 : Math.max(1, bytes / 1e3);
  const digits = big && value < 100 ? 1 : 0;
  return value.toLocaleString(region(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits });
}

/** @param {number} value */
export const number = (value) => value.toLocaleString(region());

/** Names joined as the language does it. @param {string[]} names */
export const list = (names) => new Intl.ListFormat(region(), { type: "unit", style: "short" }).format(names);

/** A person's name, or the address when none is known. @param {{name?: string, email?: string} | null} person */
export const nameOf = (person) => person?.name || person?.email || t("person.unknown");

/** First name, for short lines; whole names where there is no space. @param {string} name */
export const firstName = (name) => (name.includes("@") ? name : name.split(/\s+/)[0]);

/** Language of a text as far as its script tells, for fonts and screen readers. @param {string} text */
export function langOf(text) {
  if (/[\u3040-\u30ff]/.test(text)) return "ja";
  if (/[\uac00-\ud7af]/.test(text)) return "ko";
  if (/[\u0600-\u06ff]/.test(text)) return "ar";
  if (/[\u0590-\u05ff]/.test(text)) return "he";
  if (/[\u4e00-\u9fff]/.test(text)) return "zh";
  return undefined;
}
