/** The control of a custom field by its type, and the value that is in it. */
import { html, nothing } from "../../vendor/lit/index.js";
import { hasText, t } from "../i18n.js";
import { icon } from "./icons.js";

/**
 * @typedef {object} Definition
 * @property {string} id
 * @property {string} label
 * @property {string} type
 * @property {string} [help]
 * @property {{id: string, label: string, parent_id?: string | null, archived?: boolean}[]} [options]
 * @property {any} [validation]
 */

/** @type {Record<string, {type?: string, inputmode?: string}>} */
const LINES = {
  text: {}, number: { inputmode: "numeric" }, decimal: { inputmode: "decimal" }, date: { type: "date" }, datetime: { type: "datetime-local" },
  email: { type: "email" }, url: { type: "url" }, phone: { type: "tel" }, person: {}, company: {}, ticket: {},
};

const REFERENCES = new Set(["person", "company", "ticket"]); // the desk finds them by name; who cannot search enters an id

/**
 * @param {Definition} field @param {any} value
 * @param {{name: string, invalid?: boolean, described?: string, disabled?: boolean}} about
 */
export function fieldInput(field, value, { name, invalid = false, described = "", disabled = false }) {
  const bad = String(invalid);
  const hint = described || nothing;
  const { options = [], validation } = field;
  if (field.type === "boolean") {
    return html`<input type="checkbox" id=${name} name=${name} .checked=${value === true} ?disabled=${disabled} aria-invalid=${bad} aria-describedby=${hint} />`;
  }
  if (field.type === "multi_select") {
    const chosen = value || [];
    return html`<div class="field-options" role="group" aria-label=${field.label}>${options.filter((option) => !option.archived || chosen.includes(option.id)).map((option) => html`<label class="row g8">
      <input type="checkbox" name=${name} value=${option.id} .checked=${chosen.includes(option.id)} ?disabled=${disabled} />${option.label}</label>`)}</div>`;
  }
  if (field.type === "select" || field.type === "tree") {
    const open = options.filter((option) => !option.archived || option.id === value);
    return html`<select class="input" id=${name} name=${name} ?disabled=${disabled} aria-invalid=${bad} aria-describedby=${hint}><option value="">${t("field.none")}</option>
      ${open.map((option) => html`<option value=${option.id} ?selected=${option.id === value}>${pathOf(option, options)}</option>`)}</select>`;
  }
  if (field.type === "long_text") return html`<textarea class="input" id=${name} name=${name} rows="3" dir="auto" maxlength=${validation?.max_length || 10_000} .value=${value || ""} ?disabled=${disabled} aria-invalid=${bad} aria-describedby=${hint}></textarea>`;
  if (REFERENCES.has(field.type) && customElements.get("reference-input")) {
    return html`<reference-input .kind=${field.type} .name=${name} .label=${field.label} .value=${value || null} .described=${described} ?invalid=${invalid} ?disabled=${disabled}></reference-input>`;
  }
  const { type = "text", inputmode } = LINES[field.type] || {};
  return html`<input class="input" id=${name} name=${name} type=${type} inputmode=${inputmode || nothing} dir="auto" autocomplete="off" min=${bound(field, "min")} max=${bound(field, "max")} maxlength=${field.type === "text" ? validation?.max_length || 1000 : nothing}
    .value=${field.type === "datetime" ? localTime(value) : String(value ?? "")} ?disabled=${disabled} aria-invalid=${bad} aria-describedby=${hint} />`;
}

/** Bounds that the browser's own picker knows. @param {Definition} field @param {"min" | "max"} side */
const bound = ({ type, validation }, side) => (type === "date" && validation?.[side] ? validation[side] : nothing);

/** A label with those above it. @param {any} option @param {any[]} options @returns {string} */
function pathOf(option, options) {
  const above = option.parent_id && options.find((each) => each.id === option.parent_id);
  return above ? `${pathOf(above, options)} › ${option.label}` : option.label;
}

/** What stands in the control, as the API takes it; null when nothing does. @param {Definition} field @param {ParentNode} root @param {string} name */
export function valueIn(field, root, name) {
  const controls = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll(`[name="${name}"]`)]);
  if (field.type === "multi_select") {
    const chosen = controls.filter((each) => each.checked).map((each) => each.value);
    return chosen.length ? chosen : null;
  }
  const [control] = controls;
  if (field.type === "boolean") return control?.checked || false;
  const text = control?.value.trim() || "";
  if (!text) return null;
  if (field.type === "number" || field.type === "decimal") {
    const number = Number(text.replace(",", "."));
    return Number.isNaN(number) ? text : number;
  }
  return field.type === "datetime" ? new Date(text).toISOString() : text;
}

/** For the browser's control, in the reader's own time. @param {string | null} iso */
function localTime(iso) {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A field of a form: label, control, help or what is wrong. @param {Definition} field @param {{name: string, value: any, required: boolean, problem?: string, disabled?: boolean, change: (value: any) => void}} about */
export function fieldRow(field, { name, value, required, problem = "", disabled, change }) {
  const described = problem || field.help ? `${name}-hint` : "";
  const control = fieldInput(field, value, { name, invalid: Boolean(problem), described, disabled });
  const changed = (/** @type {Event} */ event) => change(valueIn(field, /** @type {HTMLElement} */ (event.currentTarget), name));
  const label = html`${field.label}${required ? nothing : html` <small>${t("new.optional")}</small>`}`;
  const below = problem
    ? html`<span class="hint bad" id="${name}-hint">${icon("alert", 12)}<span>${problem}</span></span>`
    : field.help ? html`<span class="hint" id="${name}-hint">${field.help}</span>` : nothing;
  if (field.type === "boolean") return html`<div class="field" @change=${changed}><label class="row g8">${control}<span class="w5">${field.label}</span></label>${below}</div>`;
  if (field.type === "multi_select") return html`<div class="field" @change=${changed}><span class="label">${label}</span>${control}${below}</div>`;
  return html`<div class="field" @change=${changed}><label class="label" for=${name}>${label}</label>${control}${below}</div>`;
}

/** What the server says of a field, in our words where there are some. @param {any} error @param {string} id */
export function fieldProblem(error, id) {
  const found = error?.errors?.find((/** @type {any} */ each) => each.pointer === `/fields/${id}`);
  if (!found) return "";
  return hasText(`field.fault.${found.code}`) ? t(`field.fault.${found.code}`) : found.message;
}
