/** Hours of a day as pairs of times, exact to the minute. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { minutesOf, nextPair, spanOf, timeIn } from "../hours.js";
import { valueOf } from "./parts.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {import("../hours.js").Pair} Pair */

/** What is typed takes the place of what was there. @param {Event} event */
export const choose = (event) => /** @type {HTMLInputElement} */ (event.target).select();

/** Keep what was meant; what is there already says nothing new, and leaves what the server said of it. @param {Form} form @param {string} path @param {any} value */
export const settle = (form, path, value) => value !== form.get(path) && form.put(path, value);

/** One end of a pair. @param {Form} form @param {string} path @param {string} label @param {boolean} bad */
function time(form, path, label, bad) {
  return html`<input class="input num time" name=${path} aria-label=${label} autocomplete="off" spellcheck="false" maxlength="8" .value=${form.get(path)} ?disabled=${form.locked} aria-invalid=${String(bad)}
    @focus=${choose} @input=${(/** @type {Event} */ event) => form.put(path, valueOf(event))} @change=${(/** @type {Event} */ event) => settle(form, path, timeIn(valueOf(event)))} />`;
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
    const [one, other] = pair.map((each) => Number.isNaN(minutesOf(timeIn(each))));
    const bad = !one && !other && (all || Boolean(form.problem(`${path}.${at}`)) || !spanOf(pair));
    const over = spanOf(pair) && minutesOf(timeIn(pair[1])) <= minutesOf(timeIn(pair[0]));
    return html`<span class="times">${time(form, `${path}.${at}.0`, t("times.from", { day: of, n: at + 1 }), bad || one)}<span class="i3" aria-hidden="true">–</span>${time(form, `${path}.${at}.1`, t("times.until", { day: of, n: at + 1 }), bad || other)}
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

/** What is wrong with the times of a day, before the server is asked; the form has the words. @param {string} path @param {Pair[]} pairs */
export const timeFaults = (path, pairs) => pairs.flatMap((pair, at) => {
  const code = pair.some((each) => Number.isNaN(minutesOf(timeIn(each)))) ? "not_a_time" : spanOf(pair) ? "" : "empty";
  return code ? [{ pointer: `/${path.replaceAll(".", "/")}/${at}`, code, message: "" }] : [];
});
