/** A value of a custom field, with the control that its type asks for. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { lineOf } from "../tree.js";
import { checks, field, select, text, valueOf } from "./parts.js";

/** @typedef {import("../form.js").Form} Form */

export const CHOICES = ["select", "multi_select", "tree"];
export const REFERENCES = ["person", "company", "ticket"];
export const BOUNDED = ["number", "decimal", "date", "datetime"];

/** Options as a reader chooses them: in use, those of a tree with what is above them. @param {any} definition */
export const choicesOf = ({ type, options }) =>
  (options || []).filter((/** @type {any} */ one) => !one.archived && one.id).map((/** @type {any} */ one) => ({ id: one.id, label: type === "tree" ? lineOf(options, one.id).map(({ label }) => label).join(" › ") : one.label }));

/** A number with or without a fraction, or what was typed while it is none. @param {string} typed */
const numberIn = (typed) => (typed.trim() === "" ? null : Number.isFinite(Number(typed.replace(",", "."))) ? Number(typed.replace(",", ".")) : typed);

/** A moment as a datetime-local field takes it. @param {any} iso */
function localOf(iso) {
  const at = new Date(iso || NaN);
  return Number.isNaN(at.valueOf()) ? "" : new Date(at.valueOf() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @param {string} typed */
const momentIn = (typed) => (typed ? new Date(typed).toISOString() : null);

/** @param {Form} form @param {string} name @param {{type: string, options?: any[]}} definition @param {import("./parts.js").Words} words */
export function value(form, name, definition, words) {
  const { type } = definition;
  const none = t("value.none");
  if (type === "boolean") return yesNo(form, name, words);
  if (type === "multi_select") return checks(form, name, { ...words, groups: [{ options: choicesOf(definition) }], nullable: true, none: t("value.no_options") });
  if (CHOICES.includes(type)) return select(form, name, { ...words, options: choicesOf(definition), none });
  if (type === "number" || type === "decimal") return typed(form, name, words, "text", (kept) => String(kept ?? ""), numberIn);
  if (type === "date") return typed(form, name, words, "date", (kept) => kept || "", (text) => text || null);
  if (type === "datetime") return typed(form, name, words, "datetime-local", localOf, momentIn);
  return text(form, name, { ...words, most: 1000 });
}

/** @param {Form} form @param {string} name @param {import("./parts.js").Words} words @param {string} type @param {(kept: any) => string} show @param {(typed: string) => any} read */
function typed(form, name, words, type, show, read) {
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<input class="input short" id=${id} name=${name} type=${type} inputmode=${type === "text" ? "decimal" : "text"} autocomplete="off"
    .value=${show(form.get(name))} ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described} @change=${(/** @type {Event} */ event) => form.put(name, read(valueOf(event)))} />`);
}

/** @param {Form} form @param {string} name @param {import("./parts.js").Words} words */
function yesNo(form, name, words) {
  const kept = form.get(name);
  const choose = (/** @type {Event} */ event) => form.put(name, { yes: true, no: false }[valueOf(event)] ?? null);
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<select class="input short" id=${id} name=${name} ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described} @change=${choose}>
    <option value="" .selected=${kept !== true && kept !== false}>${t("value.none")}</option><option value="yes" .selected=${kept === true}>${t("plain.yes")}</option><option value="no" .selected=${kept === false}>${t("plain.no")}</option></select>`);
}
