/** What becomes of an interval of the week when it is drawn, moved or resized; times snap to a quarter of an hour. */
import { DAY, dayAfter, DAYS, STEP } from "../hours.js";

/** @typedef {{day: string, begin: number, end: number}} Block its hours, in minutes after the midnight of its day */
/** @typedef {{day: string, minute: number}} Point */
/** @typedef {"new" | "begin" | "end" | "move"} Kind */

/** @param {number} minute */
const snap = (minute) => Math.round(minute / STEP) * STEP;

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** How late an interval may end: a day after its begin is none. @param {number} begin */
const latest = (begin) => (begin ? begin + DAY - STEP : DAY);

/** From where the pointer was put down to where it is. @param {Kind} kind @param {Block} block @param {Point} from @param {Point} to @returns {Block} */
export function dragged(kind, block, from, to) {
  if (kind === "new") return drawn(from.day, snap(from.minute), snap(to.minute));
  if (kind === "begin") return { ...block, begin: within(snap(to.minute), Math.max(0, block.end - DAY + STEP), Math.min(block.end, DAY) - STEP) };
  if (kind === "end") return ended(block, to);
  return moved(block, from, to);
}

/** @param {string} day @param {number} one @param {number} other */
function drawn(day, one, other) {
  const begin = Math.min(one, other, DAY - STEP);
  return { day, begin, end: Math.max(one, other, begin + STEP) };
}

/** It ends where the pointer is: on its own day, or before its begin on the next one. @param {Block} block @param {Point} to */
function ended(block, { day, minute }) {
  const end = snap(minute);
  const over = day === dayAfter(block.day) && end > 0 && end < block.begin;
  return { ...block, end: over ? DAY + end : within(end, block.begin + STEP, DAY) };
}

/** @param {Block} block @param {Point} from @param {Point} to */
function moved(block, from, to) {
  const length = block.end - block.begin;
  const held = from.minute + (from.day === block.day ? 0 : DAY) - block.begin;
  if (block.end <= DAY) {
    const begin = within(snap(to.minute - held), 0, DAY - length);
    return { day: to.day, begin, end: begin + length };
  }
  const at = (DAYS.indexOf(to.day) * DAY + snap(to.minute - held) + 7 * DAY) % (7 * DAY);
  return { day: DAYS[Math.floor(at / DAY)], begin: at % DAY, end: (at % DAY) + length };
}

/** By an arrow key: the whole of it, or with Shift its end. @param {Block} block @param {number} by minutes @param {boolean} endOnly @returns {Block} */
export function nudged(block, by, endOnly) {
  const { begin, end } = block;
  if (endOnly) return { ...block, end: within(end + by, begin + STEP, latest(begin)) };
  const start = within(begin + by, 0, end > DAY ? DAY - STEP : DAY - (end - begin));
  return { ...block, begin: start, end: start + end - begin };
}
