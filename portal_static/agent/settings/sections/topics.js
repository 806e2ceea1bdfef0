/** Topics: what tickets are about, as a tree, and what a ticket of each begins with. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { lines, longText, select, text, toggle } from "../form/parts.js";
import { forms, inUse, priorities, slaPolicies, tags, teams, topics } from "../kept.js";
import { optionsOf, othersOf, priorityLabel } from "../labels.js";
import { hrefTo, NEW } from "../place.js";
import { card } from "../previews.js";
import { defineSection, mayWrite } from "../section.js";
import { besideIn, lineOf } from "../tree.js";

const TYPES = ["question", "incident", "problem", "task"];
const PRESETS = /** @type {const} */ (["form_id", "team_id", "priority", "type", "sla_policy_id"]);

/** @param {string | null} id */
const pathName = (id) => lineOf(inUse(topics), id).map((row) => row.label).join(" › ");

/** Where it may hang: not on itself, nor on what hangs on it. @param {string} own */
const parents = (own) => inUse(topics).filter((row) => !lineOf(inUse(topics), row.id).some(({ id }) => id === own)).map((row) => ({ id: row.id, label: pathName(row.id) }));

/** @returns {Record<string, {id: string, label: string}[]>} */
const choices = () => ({
  form_id: optionsOf(forms), team_id: optionsOf(teams), priority: optionsOf(priorities, priorityLabel), type: TYPES.map((id) => ({ id, label: t(`type.${id}`) })),
  sla_policy_id: optionsOf(slaPolicies),
});

/** What a ticket begins with, and from which topic each comes. @param {any} form */
function outcome(form) {
  const line = lineOf(inUse(topics), form.get("parent_id")).reverse();
  const own = Object.fromEntries(PRESETS.map((name) => [name, form.get(name)]));
  const options = choices();
  const found = PRESETS.map((name) => {
    const from = own[name] ? null : line.find((row) => row[name]);
    return { name, value: own[name] || from?.[name], from };
  }).filter(({ value }) => value);
  const all = [...new Set([...[...line].reverse().flatMap((row) => row.tags || []), ...(form.get("tags") || [])])];
  if (!found.length && !all.length) return html`<p class="i3">${t("settings.topics.no_presets")}</p>`;
  return html`<dl class="facts wide">${found.map(({ name, value, from }) => html`<dt>${t(`settings.field.${name}`)}</dt><dd><span dir="auto">${options[name].find(({ id }) => id === value)?.label || value}</span>${from ? html`<span class="t12 i3">${t("settings.topics.from", { name: from.label })}</span>` : ""}</dd>`)}
    ${all.length ? html`<dt>${t("settings.field.tags")}</dt><dd class="tags">${all.map((tag) => html`<span class="tag large">${tag}</span>`)}</dd>` : ""}</dl>`;
}

/** Does the portal offer it? Everything above it has to be public too. @param {any} form */
function offered(form) {
  const hidden = lineOf(inUse(topics), form.get("parent_id")).find((row) => !row.public);
  return hidden ? t("settings.topics.hidden", { name: hidden.label }) : t("settings.topics.public_hint");
}

export default defineSection({
  records: topics,
  ordered: true,
  watch: [forms, priorities, slaPolicies, teams, tags],
  line: (row) => ({ title: row.label, lead: icon(row.public ? "globe" : "lock", 14), level: lineOf(inUse(topics), row.id).length - 1, text: row.customer_label === row.label ? "" : row.customer_label, tag: row.public ? t("settings.topics.is_public") : "" }),
  step: (ids, id, step) => besideIn(topics.data || [], ids, id, step),
  fresh: (query) => ({ label: "", customer_label: "", parent_id: query.get("below") || null, public: false, help: "", team_id: null, priority: null, type: null, form_id: null, sla_policy_id: null, tags: [] }),
  acts: (row) => (mayWrite({}) && !row.archived ? html`<a class="btn second" href=${hrefTo("topics", NEW, { below: row.id })}>${icon("plus", 14)}${t("settings.topics.below")}</a>` : ""),
  form: (form) => html`
    <div class="two">${text(form, "label", { label: t("settings.field.label"), required: true })}
      ${text(form, "customer_label", { label: t("settings.field.customer_label"), optional: form.isNew, placeholder: form.get("label") })}</div>
    ${select(form, "parent_id", { label: t("settings.topics.parent"), options: parents(form.value.row?.id || ""), none: t("settings.topics.top") })}
    ${toggle(form, "public", { label: t("settings.topics.public"), hint: offered(form) })}
    ${longText(form, "help", { label: t("settings.field.help"), optional: true, rows: 2, most: 2000, hint: t("settings.topics.help_hint") })}
    <h2 class="form-head">${t("settings.topics.presets")}</h2>
    <div class="two">${PRESETS.map((name) => select(form, name, { label: t(`settings.field.${name}`), options: choices()[name], none: t("settings.topics.unset") }))}</div>
    ${lines(form, "tags", { label: t("settings.field.tags"), optional: true, hint: t("settings.topics.tags_hint") })}`,
  aside: (form) => html`${card(t("settings.topics.begins"), outcome(form))}
    ${card(t("preview.customer"), form.get("public")
      ? html`<p class="i3">${[...lineOf(inUse(topics), form.get("parent_id")).map((row) => row.customer_label || row.label), ""].join(" › ")}</p><p class="w5" dir="auto">${form.get("customer_label") || form.get("label") || t("settings.topics.new")}</p>${form.get("help") ? html`<p class="i2" dir="auto">${form.get("help")}</p>` : ""}`
      : html`<p class="i3">${t("settings.topics.not_public")}</p>`)}`,
  body: (values, form) => {
    const { customer_label, ...rest } = /** @type {Record<string, any>} */ ({ ...values, ...("tags" in values ? { tags: values.tags || [] } : {}) });
    return form.isNew ? { ...rest, ...(customer_label.trim() ? { customer_label } : {}) } : customer_label === undefined ? rest : { ...rest, customer_label };
  },
  replacing: (row) => othersOf(topics, row.id, ({ id }) => pathName(id)),
  refused: (error) => (error.code === "in_use" && error.problem.by ? t("settings.topics.has_below", { n: error.problem.by.length }) : ""),
});
