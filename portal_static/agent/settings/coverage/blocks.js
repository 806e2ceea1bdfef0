/** What stands where in the grid; pure. Minutes are those of the wall clock of the zone that is shown. */
import { DAY, addDays, minuteOf, timeText, wall, weekdayOf } from "./days.js";

/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Person} Person */
/**
 * A part of a span on one day.
 * @typedef {object} Block
 * @property {string} day
 * @property {number} from
 * @property {number} until
 * @property {boolean} first it begins here, and not the day before
 * @property {boolean} last it ends here
 * @property {any} of the span or leave
 */

const STEP = 15; // minutes
const MS = 60_000;

/** The parts of a time by day. @param {{from: string, until: string}} of @param {string} zone @returns {Block[]} */
export function parts(of, zone) {
  const begins = wall(of.from, zone);
  let ends = wall(of.until, zone);
  if (!ends.minute && ends.day > begins.day) ends = { day: addDays(ends.day, -1), minute: DAY };
  const found = [];
  for (let day = begins.day; day <= ends.day; day = addDays(day, 1)) {
    const [first, last] = [day === begins.day, day === ends.day];
    found.push({ day, from: first ? begins.minute : 0, until: last ? ends.minute : DAY, first, last, of });
  }
  return found;
}

/** The hours between which everything stands that is shown; the usual day at least. @param {Block[]} all */
export function bounds(all) {
  const from = Math.min(6, ...all.map((each) => Math.floor(each.from / 60)));
  const until = Math.max(22, ...all.map((each) => Math.ceil(each.until / 60)));
  return { from: from * 60, until: until * 60 };
}

/** How many are on over a day: `[from, until, count]` where somebody is. @param {Block[]} blocks of that day @returns {[number, number, number][]} */
export function counts(blocks) {
  const cuts = [...new Set(blocks.flatMap(({ from, until }) => [from, until]))].sort((one, other) => one - other);
  const steps = cuts.slice(1).map((until, at) => /** @type {[number, number, number]} */ ([cuts[at], until, blocks.filter((each) => each.from <= cuts[at] && each.until >= until).length]));
  return steps.filter(([, , count]) => count);
}

/** Where a span comes from: the weekday of its shift and which of its hours. @param {Span} span @param {any} shift @returns {{day: string, at: number} | null} */
export function source(span, shift) {
  const { day, minute } = wall(span.from, shift.zone);
  for (const [on, passed] of /** @type {[string, number][]} */ ([[day, minute], [addDays(day, -1), minute + DAY]])) {
    const hours = shift.hours[weekdayOf(on)] || [];
    const at = hours.findIndex((/** @type {string[]} */ pair) => inside(minutes(pair), passed));
    if (at >= 0) return { day: weekdayOf(on), at };
  }
  return null;
}

/** @param {number[]} pair @param {number} minute */
const inside = ([from, until], minute) => from <= minute && minute < until;

/** @param {string[]} pair @returns {[number, number]} */
function minutes([from, until]) {
  const [begins, ends] = [minuteOf(from), minuteOf(until)];
  return [begins, ends > begins ? ends : ends + DAY];
}

/** The hours of a shift after one of them was moved or drawn longer; null where that cannot be. @param {any} shift @param {Span} span @param {"" | "start" | "end"} edge @param {number} by */
export function moved(shift, span, edge, by) {
  const place = shift && source(span, shift);
  if (!place) return null;
  const [from, until] = minutes(shift.hours[place.day][place.at]);
  const [begins, ends] = [edge === "end" ? from : from + by, edge === "start" ? until : until + by];
  if (begins < 0 || begins >= DAY || ends - begins < STEP || ends - begins > DAY || (ends - begins === DAY && begins)) return null;
  const pair = [timeText(begins), timeText(ends > DAY ? ends - DAY : ends)];
  const hours = shift.hours[place.day].map((/** @type {string[]} */ each, /** @type {number} */ at) => (at === place.at ? pair : each));
  return { ...shift.hours, [place.day]: hours };
}

/** A span where it is going. @param {Span} span @param {"" | "start" | "end"} edge @param {number} by @returns {Span} */
export function later(span, edge, by) {
  const add = (/** @type {string} */ iso) => new Date(Date.parse(iso) + by * MS).toISOString();
  return { ...span, from: edge === "end" ? span.from : add(span.from), until: edge === "start" ? span.until : add(span.until) };
}

/** The people with what is just being moved where it goes; `was` is the span as it is kept. @param {Person[]} people @param {import("./state.js").Draft | null} draft */
export function drafted(people, draft) {
  if (!draft || !("span" in draft)) return people;
  const { span, edge, by } = draft;
  return people.map((person) => ({ ...person, spans: person.spans.map((each) => (same(each, span) ? { ...later(each, edge, by), was: each } : each)) }));
}

/** Is it the same span? @param {Span} one @param {Span} other */
export const same = (one, other) => one.shift_id === other.shift_id && one.from === other.from;

/** To the quarter of an hour. @param {number} minute */
export const snapped = (minute) => Math.round(minute / STEP) * STEP;
