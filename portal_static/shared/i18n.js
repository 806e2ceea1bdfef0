/** Every text of the screens, in the reader's language. Catalogues: i18n/<locale>.json. */

export const LOCALES = ["en", "de"];
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** @type {Record<string, string | Record<string, string>>} */
let catalogue = {};
let current = "en";
let plurals = new Intl.PluralRules("en");

/** The language that the texts are in (BCP 47). */
export const locale = () => current;

/** The same with the reader's region, for dates and numbers: en-GB rather than en. */
export const region = () => navigator.languages.find((tag) => tag.split("-")[0] === current) || current;

/** Choose among our languages by what the reader asked for. @param {string} [wish] */
export function pickLocale(wish) {
  const wishes = [wish, ...navigator.languages].filter(Boolean).map((tag) => String(tag).split("-")[0]);
  return wishes.find((tag) => LOCALES.includes(tag)) || "en";
}

/** Load a catalogue and mark the page with its language and direction. @param {string} name */
export async function useLocale(name) {
  const response = await fetch(new URL(`./i18n/${name}.json`, import.meta.url));
  catalogue = await response.json();
  current = name;
  plurals = new Intl.PluralRules(name);
  document.documentElement.lang = name;
  document.documentElement.dir = RIGHT_TO_LEFT.has(name) ? "rtl" : "ltr";
}

/**
 * The text of a key with `{name}` filled in; `n` chooses among plural forms.
 * @param {string} key @param {Record<string, any>} [values]
 */
export function t(key, values = {}) {
  return form(key, values).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}

/** Is there a text for this key? @param {string} key */
export const hasText = (key) => key in catalogue;

/**
 * The same for templates: values may be pieces of markup. Returns an array of pieces.
 * @param {string} key @param {Record<string, any>} values @returns {any[]}
 */
export function pieces(key, values) {
  return form(key, values).split(/\{(\w+)\}/g).map((part, at) => (at % 2 ? shown(values[part], false) : part));
}

/** @param {string} key @param {Record<string, any>} values @returns {string} */
function form(key, values) {
  const entry = catalogue[key];
  if (entry === undefined) return key;
  return typeof entry === "string" ? entry : entry[plurals.select(values.n)] ?? entry.other;
}

/** @param {any} value */
function shown(value, asText = true) {
  if (typeof value === "number") return value.toLocaleString(region());
  return asText ? String(value) : value;
}
