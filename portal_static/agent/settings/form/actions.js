/** What a macro does, action by action. */
import { html } from "../../../shared/element.js";
import { nameOf } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { openMenu } from "../../../shared/parts/menu.js";
import { statusLabel } from "../../../shared/parts/badges.js";
import { assignable } from "../../state/catalogue.js";
import { fields, inUse, priorities, statuses, teams, templates, topics } from "../kept.js";
import { optionsOf, priorityLabel } from "../labels.js";
import { lineOf } from "../tree.js";
import { field, select, valueOf } from "./parts.js";
import { addButton, append } from "./pick.js";
import { rows } from "./rows.js";
import { value } from "./value.js";
import { words } from "./words.js";

/** @typedef {import("../form.js").Form} Form */

const SETS = ["set_status", "set_priority", "set_assignee", "set_team", "set_topic", "set_type"];
const KINDS = [...SETS, "set_field", "add_tags", "remove_tags", "reply", "note"];

/**
 * What a form has besides: another name for its actions, nobody who runs them (so no `me`), and kinds of its own.
 * @typedef {{name: string, nobody?: boolean, label?: string, hint?: string, more?: Record<string, {blank: () => any, control: (form: Form, place: string) => any}>}} Kinds
 */

/** @type {Kinds} */
const MACRO = { name: "actions" };

/** What an action of a type begins with. @param {string} type @param {Kinds} kinds */
function blank(type, { nobody = false, more = {} }) {
  if (more[type]) return { type, ...more[type].blank() };
  if (SETS.includes(type)) return { type, value: choices(type, nobody)[0]?.id ?? null };
  if (type === "set_field") return { type, field_id: inUse(fields)[0]?.id || "", value: null };
  return type.endsWith("_tags") ? { type, tags: [] } : { type, body_html: "" };
}

/** @param {string} type @param {boolean} nobody @returns {{id: string, label: string}[]} */
function choices(type, nobody) {
  if (type === "set_status") return optionsOf(statuses, (row) => statusLabel(row));
  if (type === "set_priority") return optionsOf(priorities, priorityLabel);
  if (type === "set_team") return optionsOf(teams);
  if (type === "set_topic") return inUse(topics).map((row) => ({ id: row.id, label: lineOf(inUse(topics), row.id).map(({ label }) => label).join(" › ") }));
  if (type === "set_type") return ["question", "incident", "problem", "task"].map((id) => ({ id, label: t(`type.${id}`) }));
  return [...(nobody ? [] : [{ id: "me", label: t("macro.me") }]), ...assignable().map((person) => ({ id: person.id, label: nameOf(person) }))];
}

/** Short texts with spaces between them. @param {Form} form @param {string} name @param {{label: string, hint: string, required?: boolean}} words */
export function spacedLine(form, name, words) {
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<input class="input" id=${id} name=${name} autocomplete="off" autocapitalize="off" dir="auto" .value=${(form.get(name) || []).join(" ")} ?disabled=${disabled}
    aria-invalid=${invalid} aria-describedby=${described} @input=${(/** @type {Event} */ event) => form.put(name, valueOf(event).split(/[\s,;]/))} />`);
}

/** @param {Form} form @param {number} at @param {Kinds} kinds */
function control(form, at, { name, nobody = false, more = {} }) {
  const place = `${name}.${at}`;
  const action = form.get(place);
  if (!action) return "";
  const label = t(`macro.${action.type}`);
  if (more[action.type]) return more[action.type].control(form, place);
  if (SETS.includes(action.type)) return select(form, `${place}.value`, { label, options: choices(action.type, nobody), ...(["set_status", "set_priority"].includes(action.type) ? {} : { none: t("macro.nobody") }) });
  if (action.type.endsWith("_tags")) return spacedLine(form, `${place}.tags`, { label, hint: t("macro.tags_hint") });
  if (action.type === "set_field") return fieldAction(form, place, label);
  return said(form, place, label);
}

/** Words written here, or a template's. @param {Form} form @param {string} place @param {string} label */
export function said(form, place, label) {
  const { body_html: _, template_id, ...action } = form.get(place);
  const source = optionsOf(templates);
  const pickSource = (/** @type {Event} */ event) => form.put(place, valueOf(event) ? { ...action, template_id: valueOf(event) } : { ...action, body_html: "" });
  return html`<label class="field"><span class="label">${label}</span><select class="input" name="${place}.template_id" ?disabled=${form.locked} @change=${pickSource}>
      <option value="" .selected=${!template_id}>${t("macro.own_words")}</option>${source.map((one) => html`<option value=${one.id} .selected=${one.id === template_id}>${t("macro.template", { name: one.label })}</option>`)}</select></label>
    ${template_id ? "" : words(form, `${place}.body_html`, { label, required: true, note: action.type === "note", plain: true })}`;
}

/** @param {Form} form @param {string} place @param {string} label */
function fieldAction(form, place, label) {
  const definition = fields.of(form.get(`${place}.field_id`));
  const choose = (/** @type {Event} */ event) => form.put(place, { type: "set_field", field_id: valueOf(event), value: null });
  return html`<div class="two"><label class="field"><span class="label">${label}</span><select class="input" name="${place}.field_id" ?disabled=${form.locked} @change=${choose}>${optionsOf(fields).map((one) => html`<option value=${one.id} .selected=${one.id === definition?.id}>${one.label}</option>`)}</select></label>
    ${definition ? value(form, `${place}.value`, /** @type {any} */ (definition), { label: t("macro.to") }) : ""}</div>`;
}

/** @param {Form} form @param {Kinds} [kinds] */
export function actionsEditor(form, kinds = MACRO) {
  const { name, label = t("macro.actions"), hint = t("macro.actions_hint"), more = {} } = kinds;
  const open = (/** @type {Event} */ event) => {
    const items = [...KINDS.filter((type) => type !== "set_field" || inUse(fields).length), ...Object.keys(more)].map((type) => ({ label: t(`macro.${type}`), line: type === "add_tags" || type === "reply", run: () => append(form, name, blank(type, kinds)) }));
    openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("macro.add"), items });
  };
  return rows(form, name, {
    label, hint, required: true, called: (at) => t(`macro.${form.get(`${name}.${at}.type`)}`), row: (at) => control(form, at, kinds), add: addButton(t("macro.add"), open),
  });
}

/** As the API takes them. @param {any[]} actions */
export const actionsBody = (actions) => actions.map((action) => (action.tags ? { ...action, tags: action.tags.filter(Boolean) } : Object.fromEntries(Object.entries(action).filter(([name, each]) => name === "value" || (each !== null && each !== undefined)))))
  .map(({ ...action }) => (action.type.startsWith("set_") ? action : dropValue(action)));

/** @param {any} action */
function dropValue({ value: _, ...rest }) {
  return rest;
}
