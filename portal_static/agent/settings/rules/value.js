/** The control for the value of a comparison, by the type of its field. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { valueOf } from "../form/parts.js";

/**
 * @typedef {object} About
 * @property {string} label what is compared
 * @property {string} name of the control
 * @property {boolean} locked
 * @property {string} invalid "true" where the server did not like it
 * @property {(value: any) => void} put
 */

/** @param {import("./tree.js").Term} term @param {import("./fields.js").Asked} field @param {About} about */
export function valueControl(term, field, about) {
  if (term.op === "none") return nothing;
  if (field.type === "flag") return choose([{ id: "true", label: t("rule.yes") }, { id: "false", label: t("rule.no") }], String(term.value), { ...about, put: (value) => about.put(value === "true") });
  const options = field.options?.();
  const several = term.op === "in" || term.op === "all";
  if (options) return several ? chips(options, list(term.value), about) : choose(options, String(list(term.value)[0] ?? ""), about);
  if (several) return line(list(term.value).join(", "), { ...about, put: (value) => about.put(value.split(",").map((/** @type {string} */ one) => one.trim())) });
  if (field.type === "number") return line(String(term.value ?? ""), { ...about, put: (value) => about.put(/^\d+$/.test(value) ? Number(value) : value) }, "numeric");
  return line(String(term.value ?? ""), about, "", field.type === "date" ? "-3d" : "");
}

/** @param {any} value @returns {any[]} */
const list = (value) => [value ?? []].flat();

/** @param {import("./fields.js").Option[]} options @param {string} chosen @param {About} about */
function choose(options, chosen, { label, name, locked, invalid, put }) {
  const known = options.some(({ id }) => id === chosen);
  return html`<select class="input" name=${name} aria-label=${t("rule.value_of", { field: label })} ?disabled=${locked} aria-invalid=${invalid} @change=${(/** @type {Event} */ event) => put(valueOf(event))}>
    ${known ? nothing : html`<option value=${chosen} selected>${chosen || t("rule.choose")}</option>`}
    ${options.map((option) => html`<option value=${option.id} .selected=${option.id === chosen}>${option.label}</option>`)}</select>`;
}

/** @param {import("./fields.js").Option[]} options @param {string[]} chosen @param {About} about */
function chips(options, chosen, about) {
  const { label, name, locked, put } = about;
  const left = options.filter(({ id }) => !chosen.includes(id));
  const add = (/** @type {Event} */ event) => {
    const value = valueOf(event);
    /** @type {HTMLSelectElement} */ (event.target).value = "";
    if (value) put([...chosen.filter(Boolean), value]);
  };
  const named = (/** @type {string} */ id) => options.find((option) => option.id === id)?.label || id;
  return html`<span class="rule-chips">${chosen.filter(Boolean).map((id) => html`<span class="tag"><span class="cut" dir="auto">${named(id)}</span>${locked ? nothing : html`<button type="button" aria-label=${t("rows.drop", { name: named(id) })} @click=${() => put(chosen.filter((each) => each !== id))}>${icon("x", 12)}</button>`}</span>`)}
    ${locked || !left.length ? nothing : html`<select class="input" name=${name} aria-label=${t("rule.value_of", { field: label })} aria-invalid=${about.invalid} @change=${add}><option value="">${t("rule.add_value")}</option>${left.map((option) => html`<option value=${option.id}>${option.label}</option>`)}</select>`}</span>`;
}

/** @param {string} value @param {About} about @param {string} [mode] @param {string} [placeholder] */
function line(value, { label, name, locked, invalid, put }, mode = "", placeholder = "") {
  return html`<input class="input" name=${name} dir="auto" autocomplete="off" inputmode=${mode || nothing} maxlength="200" placeholder=${placeholder} aria-label=${t("rule.value_of", { field: label })} .value=${value} ?disabled=${locked} aria-invalid=${invalid}
    @input=${(/** @type {Event} */ event) => put(valueOf(event))} />`;
}
