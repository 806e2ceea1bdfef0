/** A custom field as somebody who fills it in meets it. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { conditionText } from "./conditions.js";
import { choicesOf } from "./form/value.js";

/** @typedef {"agent" | "customer"} Side */

/** @param {any} definition @param {Side} side */
export const seenBy = ({ visible_to }, side) => (side === "customer" ? visible_to.includes("customer") : visible_to.some((/** @type {string} */ one) => one !== "customer"));

/** @param {any} definition @param {Side} side */
const readOnly = ({ read_only_to }, side) => (read_only_to || []).includes(side === "customer" ? "customer" : "staff");

/** @param {any} condition */
const always = (condition) => Boolean(condition && typeof condition === "object" && condition.all && !condition.all.length);

/** @param {any} definition @param {Side} side */
export function fieldPreview(definition, side) {
  if (!seenBy(definition, side)) return html`<p class="i3">${t(`preview.hidden.${side}`)}</p>`;
  const { required_when, visible_when, help } = definition;
  const label = (side === "customer" && definition.customer_label) || definition.label || t("settings.fields.new");
  const notes = [
    visible_when && !always(visible_when) ? t("preview.visible_when", { condition: conditionText(visible_when) }) : "",
    required_when && !always(required_when) ? t("preview.required_when", { condition: conditionText(required_when) }) : "",
  ].filter(Boolean);
  return html`<div class="field preview-field"><label class="field"><span class="label"><span dir="auto">${label}</span>${always(required_when) ? nothing : html` <small>${t("new.optional")}</small>`}</span>${control(definition, readOnly(definition, side))}</label>
    ${help ? html`<span class="hint" dir="auto">${help}</span>` : nothing}${notes.map((note) => html`<span class="preview-note">${note}</span>`)}</div>`;
}

/** @type {Record<string, string>} */
const INPUTS = { date: "date", datetime: "datetime-local", email: "email", url: "url", phone: "tel" };

/** @param {any} definition @param {boolean} off */
function control(definition, off) {
  const { type, default: given, validation = {} } = definition;
  const options = choicesOf(definition);
  if (type === "long_text") return html`<textarea class="input few" rows="2" maxlength=${validation?.max_length || nothing} .value=${given || ""} ?disabled=${off}></textarea>`;
  if (type === "boolean") return html`<span><input type="checkbox" .checked=${given === true} ?disabled=${off} /></span>`;
  if (type === "select" || type === "tree") return html`<select class="input" ?disabled=${off}><option value="">–</option>${options.map((/** @type {any} */ one) => html`<option .selected=${one.id === given}>${one.label}</option>`)}</select>`;
  if (type === "multi_select") return html`<select class="input" multiple size=${Math.min(4, Math.max(2, options.length))} ?disabled=${off}>${options.map((/** @type {any} */ one) => html`<option .selected=${(given || []).includes(one.id)}>${one.label}</option>`)}</select>`;
  const bound = (/** @type {any} */ edge) => edge ?? nothing;
  const shown = type === "datetime" ? "" : String(given ?? "");
  return html`<input class="input" type=${INPUTS[type] || "text"} inputmode=${["number", "decimal"].includes(type) ? "decimal" : nothing} min=${bound(validation?.min)} max=${bound(validation?.max)} maxlength=${bound(validation?.max_length)}
    placeholder=${["person", "company", "ticket"].includes(type) ? t(`fieldtype.${type}`) : ""} .value=${shown} ?disabled=${off} />`;
}
