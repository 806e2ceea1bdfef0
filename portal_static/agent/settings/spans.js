/** Lengths of time as people write and read them: "15 m", "2 h", "1h 30m", "2 d". Kept in minutes. */
import { t } from "../../shared/i18n.js";

const MOST = 525_600; // minutes, a year
const PART = /\s*(\d+(?:[.,]\d*)?)\s*(\p{L}*)\.?\s*/uy;
/** @type {[RegExp, number][]} */
const UNITS = [[/^(|m|min|mins|minuten?|minutes?)$/, 1], [/^(h|hr|hrs|hours?|std|stunden?)$/, 60], [/^(d|days?|t|tage?n?)$/, 1440]];

/** Minutes, null for nothing, NaN for what is no length of time. @param {string} typed */
export function minutesIn(typed) {
  if (!typed.trim()) return null;
  let total = 0;
  PART.lastIndex = 0;
  for (let at = 0; at < typed.length; at = PART.lastIndex) {
    const [whole, count, unit] = PART.exec(typed) || [];
    const each = UNITS.find(([name]) => name.test(unit?.toLowerCase()))?.[1];
    if (!whole || !each) return NaN;
    total += Number(count.replace(",", ".")) * each;
  }
  return total >= 1 && total <= MOST ? Math.round(total) : NaN;
}

/** @param {number} minutes */
export function spanText(minutes) {
  const parts = [["days", Math.floor(minutes / 1440)], ["hours", Math.floor((minutes % 1440) / 60)], ["minutes", minutes % 60]].filter(([, n]) => n);
  return parts.length === 1 ? t(`span.${parts[0][0]}`, { n: parts[0][1] }) : parts.map(([unit, n]) => t(`age.${unit}`, { n })).join(" ");
}
