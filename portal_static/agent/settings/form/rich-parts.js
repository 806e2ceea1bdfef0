/** Fields of more than one control: a colour, a condition, a text in several languages. */
import { html, nothing } from "../../../shared/element.js";
import { locale, t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { openMenu } from "../../../shared/parts/menu.js";
import { conditionText } from "../conditions.js";
import { caption, field, valueOf } from "./parts.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {import("./parts.js").Words} Words */

export const HUES = [20, 55, 90, 140, 175, 215, 250, 290, 325, 350];
export const LANGUAGES = ["ar", "cs", "da", "de", "en", "es", "fi", "fr", "he", "hu", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "sv", "tr", "uk", "zh"];

/** The colour of ours that is next to any other. @param {number | null | undefined} wish */
const nearest = (wish) => (typeof wish === "number" ? HUES.reduce((best, each) => (apart(each, wish) < apart(best, wish) ? each : best)) : null);

/** @param {number} one @param {number} other degrees */
const apart = (one, other) => Math.min(Math.abs(one - other), 360 - Math.abs(one - other));

/** One of the ten colours, by its degrees. @param {Form} form @param {string} name @param {Words} words */
export function colour(form, name, words) {
  form.parts.set(name, { label: words.label, required: false });
  const problem = form.problem(name);
  return html`<fieldset class="field"><legend class="label">${caption(words)}</legend>
    <div class="hues">${words.optional ? html`<input type="radio" class="hue none" name=${name} value="" aria-label=${t("hue.none")} title=${t("hue.none")} .checked=${form.get(name) === null} ?disabled=${form.locked} @change=${() => form.put(name, null)} />` : nothing}${HUES.map((hue) => html`<input type="radio" class="hue h${hue}" name=${name} value=${hue} aria-label=${t(`hue.${hue}`)} title=${t(`hue.${hue}`)}
      .checked=${nearest(form.get(name)) === hue} ?disabled=${form.locked} @change=${() => form.put(name, hue)} />`)}</div>
    ${problem ? html`<span class="hint bad">${icon("alert", 12)}${problem}</span>` : nothing}</fieldset>`;
}

/**
 * A condition in the words of docs/filters.md. What is wrong stands below, and the place is marked when it is sent.
 * @param {Form} form @param {string} name @param {Words} words
 */
export function condition(form, name, words) {
  const kept = form.get(name);
  const shown = conditionText(kept);
  const place = form.place(name);
  const show = () => {
    const area = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(`set-${name}`));
    area?.focus();
    area?.setSelectionRange(place, place + 1);
  };
  return html`${field(form, name, words, ({ id, invalid, described, disabled }) => html`<textarea class="input mono few" id=${id} name=${name} rows="2" spellcheck="false" autocapitalize="off"
      placeholder=${words.placeholder || t("condition.example")} .value=${shown} ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described}
      @input=${(/** @type {Event} */ event) => form.put(name, valueOf(event).trim() ? valueOf(event) : null)}></textarea>`)}
    ${place >= 0 ? html`<button type="button" class="link t12 show-place" @click=${show}>${t("condition.show")}</button>` : nothing}`;
}

/**
 * A text in several languages: `{de: "…", fr: "…"}`. One that is empty is not kept.
 * @param {Form} form @param {string} name @param {Words & {rows?: number}} words
 */
export function variants(form, name, words) {
  form.parts.set(name, { label: words.label, required: false });
  const problem = form.problem(name);
  /** @type {Record<string, string>} */
  const texts = form.get(name) || {};
  const put = (/** @type {string} */ tag, /** @type {string} */ value) => form.put(name, { ...texts, [tag]: value });
  const drop = (/** @type {string} */ tag) => form.put(name, Object.fromEntries(Object.entries(texts).filter(([each]) => each !== tag)));
  const add = (/** @type {Event} */ event) => {
    const items = LANGUAGES.filter((tag) => !(tag in texts)).map((tag) => ({ label: languageName(tag), hint: tag, run: () => put(tag, "") }));
    openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("variants.add"), items, search: true });
  };
  return html`<fieldset class="field"><legend class="label">${caption(words)}</legend>
    ${words.hint ? html`<span class="hint">${words.hint}</span>` : nothing}
    ${Object.entries(texts).map(([tag, value]) => html`<div class="variant">
      <label class="variant-name" for="set-${name}-${tag}">${languageName(tag)}</label>
      <textarea class="input few" id="set-${name}-${tag}" lang=${tag} dir="auto" rows=${words.rows || 2} .value=${value} ?disabled=${form.locked}
        @input=${(/** @type {Event} */ event) => put(tag, valueOf(event))}></textarea>
      ${form.locked ? nothing : html`<button type="button" class="btn ghost square small" aria-label=${t("variants.remove", { language: languageName(tag) })} @click=${() => drop(tag)}>${icon("x", 14)}</button>`}
    </div>`)}
    ${problem ? html`<span class="hint bad">${icon("alert", 12)}${problem}</span>` : nothing}
    ${form.locked ? nothing : html`<div><button type="button" class="btn second small" aria-haspopup="menu" aria-expanded="false" @click=${add}>${icon("plus", 14)}${t("variants.add")}</button></div>`}
  </fieldset>`;
}

/** @param {string} tag */
export const languageName = (tag) => new Intl.DisplayNames([locale()], { type: "language" }).of(tag) || tag;
