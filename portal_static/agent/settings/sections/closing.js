/** Closing rules: when a customer who waits is reminded, and when a ticket ends by itself. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { number, select, text } from "../form/parts.js";
import { condition } from "../form/rich-parts.js";
import { closingRules, inUse, templates } from "../kept.js";
import { defineSection } from "../section.js";

/** Hours as people say them. @param {number} hours */
const span = (hours) => (hours % 24 === 0 ? t("closing.days", { n: hours / 24 }) : t("closing.hours", { n: hours }));

/** What the rule does, in a sentence. @param {Record<string, any>} rule */
function words(rule) {
  if (!rule.close_after_hours) return "";
  const reminds = rule.remind_after_hours ? t("closing.reminds", { time: span(rule.remind_after_hours) }) : "";
  return `${reminds} ${t(`closing.ends_${rule.to}${reminds ? "_then" : ""}`, { time: span(rule.close_after_hours) })}`.trim();
}

/** @param {import("../form.js").Form} form */
const current = (form) => Object.fromEntries(["remind_after_hours", "close_after_hours", "to"].map((name) => [name, form.get(name)]));

export default defineSection({
  records: closingRules,
  ordered: true,
  watch: [templates],
  line: (row) => ({ title: row.name, lead: icon("clock", 14), text: words(row), tag: t(`category.${row.category}`) }),
  fresh: () => ({ name: "", category: "waiting", filter: "", remind_after_hours: 72, template_id: null, close_after_hours: 120, to: "solved" }),
  form: (form) => html`
    ${text(form, "name", { label: t("settings.field.name"), required: true })}
    ${select(form, "category", { label: t("settings.closing.category"), options: ["waiting", "solved"].map((id) => ({ id, label: t(`category.${id}`) })) })}
    ${condition(form, "filter", { label: t("settings.field.filter"), optional: true, hint: t("settings.closing.filter_hint"), placeholder: "-tag:vip priority:<high" })}
    <div class="two">${number(form, "remind_after_hours", { label: t("settings.closing.remind"), optional: true, hint: t("settings.closing.remind_hint") })}
      ${form.get("remind_after_hours") ? select(form, "template_id", { label: t("settings.closing.template"), none: t("settings.closing.choose"), options: inUse(templates).map(({ id, name }) => ({ id, label: name })), hint: inUse(templates).length ? "" : t("settings.closing.no_templates") }) : nothing}</div>
    <div class="two">${number(form, "close_after_hours", { label: t(form.get("remind_after_hours") ? "settings.closing.grace" : "settings.closing.after"), hint: t("settings.closing.after_hint") })}
      ${select(form, "to", { label: t("settings.closing.to"), options: (form.get("category") === "solved" ? ["closed"] : ["solved", "closed"]).map((id) => ({ id, label: t(`category.${id}`) })) })}</div>
    <p class="in-words">${icon("quote")}<span><b>${t("settings.in_words")}</b> ${words(current(form))}</span></p>`,
  aside: () => html`<p class="i3">${t("settings.closing.about")}</p>`,
  body: (values, form) => ({ ...values, ...(form.get("category") === "solved" ? { to: "closed" } : {}), ...("filter" in values ? { filter: values.filter || "" } : {}), ...(form.get("remind_after_hours") ? {} : { remind_after_hours: null, template_id: null }) }),
});
