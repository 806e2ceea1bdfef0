/** Hours of a week as calendars keep them: pairs of times by day; an end that is not after its begin is on the next day. */

/** @typedef {[string, string]} Pair */
/** @typedef {Record<string, Pair[]>} Week */
/** @typedef {{begin: number, end: number}} Span minutes after midnight; an end over a day is on the next one */

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export const WORKDAYS = DAYS.slice(0, 5);
export const DAY = 1440; // minutes
export const STEP = 15; // minutes

/** Minutes after midnight of HH:MM, NaN for what is no time. @param {string} text */
export function minutesOf(text) {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) || [];
  const at = Number(hours) * 60 + Number(minutes);
  return at <= DAY && Number(minutes) < 60 ? at : NaN;
}

/** @param {number} minutes after midnight */
export const timeText = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** A time out of what somebody typed: 9, 930, 9.30, 9:30 pm; as it was typed when it is none. @param {string} typed */
export function timeIn(typed) {
  const [, hours, minutes = "0", half = ""] = /^\s*(\d{1,2})(?:[:.h ]?(\d\d))?\s*(am|pm)?\s*$/i.exec(typed) || [];
  const late = half.toLowerCase() === "pm" ? 12 : 0;
  const found = timeText((half ? (Number(hours) % 12) + late : Number(hours)) * 60 + Number(minutes));
  return Number(minutes) < 60 && minutesOf(found) <= DAY ? found : typed;
}

/** What lies between two times; null when one of them is none, or nothing lies between. @param {Pair} pair @returns {Span | null} */
export function spanOf([from, until]) {
  const [begin, end] = [minutesOf(timeIn(from)), minutesOf(timeIn(until))];
  if (Number.isNaN(begin + end) || begin === end || begin === DAY) return null;
  return { begin, end: end > begin ? end : end + DAY };
}

/** @param {Span} span @returns {Pair} */
export const pairOf = ({ begin, end }) => [timeText(begin), timeText(end > DAY ? end - DAY : end)];

/** @param {Pair[]} pairs */
const inOrder = (pairs) => [...pairs].sort((one, other) => one[0].localeCompare(other[0]));

/** The week with other hours on some days, in its order and without days that are closed. @param {Week} week @param {Week} others @returns {Week} */
export function weekWith(week, others) {
  const all = { ...week, ...others };
  return Object.fromEntries(DAYS.filter((day) => all[day]?.length).map((day) => [day, inOrder(all[day])]));
}

/** The day so many days after another. @param {string} day @param {number} [by] */
export const dayAfter = (day, by = 1) => DAYS[(DAYS.indexOf(day) + by + 7) % 7];

/** Which pairs overlap another one, as "mon.0". @param {Week} week @returns {Set<string>} */
export function clashing(week) {
  const all = DAYS.flatMap((day, nth) => (week[day] || []).flatMap((pair, at) => {
    const span = spanOf(pair);
    return span ? [{ id: `${day}.${at}`, begin: nth * DAY + span.begin, end: nth * DAY + span.end }] : [];
  }));
  const meet = (/** @type {Span} */ one, /** @type {Span} */ other, shift = 0) => one.begin < other.end + shift && other.begin + shift < one.end;
  return new Set(all.filter((one) => all.some((other) => one !== other && [0, 7 * DAY, -7 * DAY].some((shift) => meet(one, other, shift)))).map(({ id }) => id));
}

/** Hours to begin with, after those that a day has. @param {Pair[]} pairs @returns {Pair} */
export function nextPair(pairs) {
  const ends = pairs.map((pair) => spanOf(pair)?.end || 0);
  if (!ends.length) return ["09:00", "17:00"];
  const begin = Math.min(Math.max(...ends) + 60, DAY - 60);
  return pairOf({ begin, end: Math.min(begin + 240, DAY) });
}
