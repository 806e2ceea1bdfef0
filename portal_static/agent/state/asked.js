/** What somebody looks for: words and conditions of one field, as they stand in the address. */
import { router } from "../router.js";

const GRAMMAR = /(^|[\s(])-?[\w.]+:\S|[()]|(^|\s)(or|and)(\s|$)/;
const TOKEN = /(?:[^\s"]+|"[^"]*")+/g;
const CONDITION = /^-?[a-z_][\w.]*:./i;

/** @typedef {{q: string, filter: string, kind?: string}} Asked `kind` is "messages" for the messages in which the words stand */

/** The words and the conditions in what was typed: "tag:vip charger" is one of each. @param {string} text @returns {Asked} */
export function askedIn(text) {
  const whole = text.trim();
  if (!GRAMMAR.test(whole)) return { q: whole, filter: "" };
  if (/[()]|(^|\s)(or|and)(\s|$)/.test(whole)) return { q: "", filter: whole };
  const tokens = whole.match(TOKEN) || [];
  const conditions = tokens.filter((token) => CONDITION.test(token));
  return { q: tokens.filter((token) => !CONDITION.test(token)).join(" "), filter: conditions.join(" ") };
}

/** The same as it is typed; the conditions first, so that a place in them is a place in the text. @param {Asked} asked */
export const textOf = ({ q, filter }) => [filter, q].filter(Boolean).join(" ");

/** One filter that says all of it, for views that are kept. @param {Asked} asked */
export const wholeFilter = ({ q, filter }) => [filter && q && /(^|\s)or(\s|$)/.test(filter) ? `(${filter})` : filter, q].filter(Boolean).join(" ");

/** What the address asks. @returns {Asked} */
export const askedHere = () => ({ q: router.query.get("q") || "", filter: router.query.get("filter") || "", kind: router.query.get("in") || "" });

/** @param {Asked} asked */
export function searchTo({ q, filter, kind }) {
  const tail = new URLSearchParams({ ...(q ? { q } : {}), ...(filter ? { filter } : {}), ...(kind ? { in: kind } : {}) }).toString();
  router.go(`/search${tail ? `?${tail}` : ""}`);
}

/** Add a condition to what is asked; the same again takes it away. @param {Asked} asked @param {string} condition @returns {Asked} */
export function narrowed({ q, filter }, condition) {
  /** @type {string[]} */
  const parts = filter.match(TOKEN) || [];
  if (parts.includes(condition)) return { q, filter: parts.filter((part) => part !== condition).join(" ") };
  const whole = /[()]|(^|\s)or(\s|$)/.test(filter) ? `(${filter})` : filter;
  return { q, filter: [whole, condition].filter(Boolean).join(" ") };
}

/** A value as the grammar has it. @param {string} value */
export const quoted = (value) => (/^[\w.@:+-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`);
