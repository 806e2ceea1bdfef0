/** Fields of one's own: what they hold, who sees them, when they are asked for. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { fieldPreview } from "../field-preview.js";
import { optionsBody, optionsEditor } from "../form/options.js";
import { checks, longText, number, select, text } from "../form/parts.js";
import { BOUNDED, CHOICES, REFERENCES, value } from "../form/value.js";
import { when } from "../form/when.js";
import { fields, forms, inUse, roles } from "../kept.js";
import { roleName } from "../people.js";
import { twoSides } from "../previews.js";
import { hrefTo } from "../place.js";
import { defineSection } from "../section.js";
import { slug } from "../slug.js";

const TYPES = ["text", "long_text", "number", "decimal", "boolean", "date", "datetime", "select", "multi_select", "tree", "email", "url", "phone", "person", "company", "ticket"];

/** @param {import("../form.js").Form} form @param {string} name */
function audience(form, name) {
  const everybody = (form.get(name) || []).includes("staff");
  const own = (roles.data || []).map((role) => ({ id: role.id, label: roleName(/** @type {any} */ (role)), forced: everybody }));
  return [{ options: [{ id: "customer", label: t("audience.customer") }, { id: "staff", label: t("audience.staff") }] }, { label: t("audience.roles"), options: own }];
}

/** Another type takes other options, bounds and values. @param {import("../form.js").Form} form */
function typeField(form) {
  const turned = new Proxy(form, { get: (target, name) => (name === "put" ? (/** @type {string} */ _, /** @type {any} */ type) => target.merge({ values: { ...target.value.values, type, default: null, options: [], validation: {} }, error: null }) : Reflect.get(target, name, target)) });
  return select(turned, "type", { label: t("settings.field.type"), options: TYPES.map((id) => ({ id, label: t(`fieldtype.${id}`) })), disabled: !form.isNew, hint: form.isNew ? t("settings.fields.type_hint") : t("settings.fields.type_fixed") });
}

/** @param {import("../form.js").Form} form @param {string} type */
function bounds(form, type) {
  if (BOUNDED.includes(type)) return html`<div class="two">${value(form, "validation.min", { type }, { label: t("settings.fields.min"), optional: true })}${value(form, "validation.max", { type }, { label: t("settings.fields.max"), optional: true })}</div>`;
  if (type !== "text" && type !== "long_text") return nothing;
  return html`<div class="two">${number(form, "validation.max_length", { label: t("settings.fields.max_length"), optional: true })}
    ${type === "text" ? text(form, "validation.pattern", { label: t("settings.fields.pattern"), optional: true, mono: true, most: 200, placeholder: "[A-Z]{2}-[0-9]{4}" }) : nothing}</div>`;
}

/** @param {any} values */
const filled = (values) => Object.fromEntries(Object.entries(values || {}).filter(([, each]) => each !== null && each !== ""));

/** @param {string} id */
const formsWith = (id) => (forms.data || []).filter((form) => form.field_ids.includes(id));

export default defineSection({
  records: fields,
  ordered: true,
  watch: [roles, forms],
  line: (row) => ({ title: row.label, lead: icon({ select: "down", multi_select: "list", tree: "list", boolean: "check", date: "clock", datetime: "clock", email: "mail", url: "link", phone: "mobile", person: "user", company: "users", ticket: "inbox" }[/** @type {string} */ (row.type)] || "draft", 14), text: t(`fieldtype.${row.type}`), tag: row.visible_to.includes("customer") ? t("settings.fields.portal") : "" }),
  fresh: () => ({ label: "", customer_label: "", id: "", type: "text", help: "", options: [], default: null, validation: {}, required_when: null, visible_when: null, visible_to: ["staff"], read_only_to: [] }),
  form: (form) => {
    const type = form.get("type");
    return html`
    <div class="two">${text(form, "label", { label: t("settings.field.label"), required: true })}
      ${text(form, "customer_label", { label: t("settings.field.customer_label"), optional: form.isNew, placeholder: form.get("label") })}</div>
    <div class="two">${typeField(form)}${text(form, "id", { label: t("settings.fields.id"), mono: true, most: 60, disabled: !form.isNew, optional: form.isNew, placeholder: form.get("label") ? slug(form.get("label"), "field") : "", hint: t("settings.fields.id_hint") })}</div>
    ${CHOICES.includes(type) ? optionsEditor(form, type === "tree") : nothing}
    ${longText(form, "help", { label: t("settings.field.help"), optional: true, rows: 2, most: 2000 })}
    ${bounds(form, type)}
    ${REFERENCES.includes(type) ? nothing : value(form, "default", { type, options: form.get("options") }, { label: t("settings.fields.default"), optional: true })}
    ${when(form, "required_when", { label: t("settings.fields.required_when"), unset: "never" })}
    ${when(form, "visible_when", { label: t("settings.fields.visible_when"), unset: "always" })}
    ${checks(form, "visible_to", { label: t("settings.fields.visible_to"), groups: audience(form, "visible_to"), required: true })}
    ${checks(form, "read_only_to", { label: t("settings.fields.read_only_to"), optional: true, groups: audience(form, "read_only_to") })}`;
  },
  aside: (form) => {
    const shown = { ...form.value.values, validation: filled(form.get("validation")) };
    const { row } = form.value;
    const used = row ? formsWith(row.id) : [];
    return html`${twoSides(fieldPreview(shown, "agent"), fieldPreview(shown, "customer"))}
      ${row ? html`<section class="side-card links"><h2 class="side-head">${t("settings.forms")}</h2>${used.length ? used.map((each) => html`<a href=${hrefTo("forms", each.id)} dir="auto">${each.label}</a>`) : html`<p class="i3">${t("settings.fields.no_form")}</p>`}</section>` : nothing}`;
  },
  body: (values, form) => {
    const { id, customer_label, options, validation, ...rest } = values;
    const type = form.get("type");
    const sent = { ...rest, ...(options && CHOICES.includes(type) ? { options: optionsBody(options, type === "tree") } : {}), ...(validation ? { validation: filled(validation) } : {}) };
    if (!form.isNew) return customer_label === undefined ? sent : { ...sent, customer_label };
    return { ...sent, id: id.trim() || slug(form.get("label"), "field"), ...(customer_label.trim() ? { customer_label } : {}) };
  },
  refused: ({ code, problem }) => (code === "in_use" && problem.by ? t("settings.fields.in_use", { names: problem.by.map((/** @type {string} */ id) => (inUse(fields).find((row) => row.id === id) || forms.of(id))?.label || id).join(", ") }) : ""),
});
