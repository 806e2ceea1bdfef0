/** Hours of a day as pairs of times, exact to the minute. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { DAY, minutesOf, nextPair, spanOf, timeIn } from "../hours.js";
import { valueOf } from "./parts.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {import("../hours.js").Pair} Pair */

/** What is typed takes the place of what was there. @param {Event} event */
export const choose = (event) => /** @type {HTMLInputElement} */ (event.target).select();

/** Keep what was meant; what is there already says nothing new, and leaves what the server said of it. @param {Form} form @param {string} path @param {any} value */
export const settle = (form, path, value) => value !== form.get(path) && form.put(path, value);

/** Is somebody writing at a path, or inside it? @param {string} path */
export const writing = (path) => Boolean(document.activeElement?.getAttribute("name")?.startsWith(path));

/** What is wrong with a pair, "" when nothing is: the code that the API has for it. @param {Pair} pair */
function faultIn(pair) {
  const [from, until] = pair.map((each) => minutesOf(timeIn(each)));
  return Number.isNaN(from + until) || from === DAY ? "not_a_time" : spanOf(pair) ? "" : "empty";
}

/** What is wrong with the times of a day, before the server is asked; the form has the words. @param {string} path @param {Pair[]} pairs */
export const timeFaults = (path, pairs) => pairs.flatMap((pair, at) => {
  const code = faultIn(pair);
  return code ? [{ pointer: `/${path.replaceAll(".", "/")}/${at}`, code, message: "" }] : [];
});

/** The same in words, once nobody writes there any more. @param {string} path @param {Pair[]} pairs */
export function timesProblem(path, pairs) {
  const code = writing(`${path}.`) ? "" : pairs.map(faultIn).find(Boolean);
  return code ? t(code === "empty" ? "fault.hours.empty" : "fault.code.not_a_time") : "";
}

/** One end of a pair. @param {Form} form @param {string} path @param {string} label @param {boolean} bad */
function time(form, path, label, bad) {
  return html`<input class="input num time" name=${path} aria-label=${label} autocomplete="off" spellcheck="false" maxlength="8" .value=${form.get(path)} ?disabled=${form.locked} aria-invalid=${String(bad)} @focus=${choose} @blur=${() => form.merge({})}
    @input=${(/** @type {Event} */ event) => form.put(path, valueOf(event))} @change=${(/** @type {Event} */ event) => settle(form, path, timeIn(valueOf(event)))} />`;
}

/**
 * The pairs of a day; `put` keeps them when one goes.
 * @param {Form} form @param {string} path @param {{of: string, put: (pairs: Pair[]) => void}} about `of`: what the day is called
 */
export function times(form, path, { of, put }) {
  /** @type {Pair[]} */
  const pairs = form.get(path) || [];
  const all = Boolean(form.problem(path, true));
  return pairs.map((pair, at) => {
    const fault = faultIn(pair);
    const told = all || Boolean(form.problem(`${path}.${at}`) || (fault && !writing(`${path}.`)));
    const until = Number.isNaN(minutesOf(timeIn(pair[1])));
    const from = Number.isNaN(minutesOf(timeIn(pair[0]))) || !until; // also 24:00, with which no hours begin
    const [one, other] = fault === "not_a_time" ? [from, until] : [true, true];
    const over = spanOf(pair) && minutesOf(timeIn(pair[1])) <= minutesOf(timeIn(pair[0]));
    return html`<span class="times">${time(form, `${path}.${at}.0`, t("times.from", { day: of, n: at + 1 }), told && one)}<span class="i3" aria-hidden="true">–</span>${time(form, `${path}.${at}.1`, t("times.until", { day: of, n: at + 1 }), told && other)}
      ${over ? html`<span class="t12 i3">${t("times.next_day")}</span>` : nothing}
      ${form.locked ? nothing : html`<button type="button" class="btn ghost square tiny" aria-label=${t("times.drop", { day: of, from: pair[0], until: pair[1] })} @click=${() => put(pairs.filter((_, each) => each !== at))}>${icon("x", 14)}</button>`}</span>`;
  });
}

/** One pair more; the focus goes there. @param {Form} form @param {string} path */
export function addTimes(form, path) {
  const pairs = form.get(path) || [];
  form.put(path, [...pairs, nextPair(pairs)]);
  requestAnimationFrame(() => document.getElementsByName(`${path}.${pairs.length}.0`)[0]?.focus());
}
