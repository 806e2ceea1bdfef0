/** Statuses: what colleagues call them, what customers read, and which may follow which. */
import { html, nothing } from "../../../shared/element.js";
import { list } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { statusBadge, statusIcon, statusLabel } from "../../../shared/parts/badges.js";
import { checks, select, text } from "../form/parts.js";
import { inUse, statuses } from "../kept.js";
import { othersOf } from "../labels.js";
import { card, twoSides } from "../previews.js";
import { defineSection } from "../section.js";

const CATEGORIES = ["new", "open", "waiting", "on_hold", "solved", "closed"];

const label = (/** @type {any} */ row) => statusLabel(row);

/** Every other status, with its category where the name does not say it. @param {string} own */
const moves = (own) => [{ options: inUse(statuses).filter(({ id }) => id !== own).map((row) => ({ id: row.id, label: label(row), hint: categoryTag(row) })) }];

/** @param {any} row */
const categoryTag = (row) => (label(row) === t(`category.${row.category}`) ? "" : t(`category.${row.category}`));

/** @param {any} row */
const namesOf = (row) => inUse(statuses).filter(({ id }) => row.next.includes(id)).map(label);

/** @param {string} id */
const leadHere = (id) => inUse(statuses).filter((row) => row.next.includes(id)).map(label);

/** @param {string[]} names */
const named = (names) => (names.length ? list(names) : t("settings.statuses.nowhere"));

export default defineSection({
  records: statuses,
  ordered: true,
  line: (row) => ({ title: label(row), lead: statusIcon(row.category), text: t("settings.statuses.line", { customer: row.customer_label }), tag: categoryTag(row) }),
  fresh: () => ({ label: "", customer_label: "", category: "open", next: [], reachable_from: [] }),
  form: (form) => html`
    <div class="two">${text(form, "label", { label: t("settings.field.label"), required: true })}
      ${text(form, "customer_label", { label: t("settings.field.customer_label"), optional: form.isNew, placeholder: form.get("label") })}</div>
    ${select(form, "category", { label: t("settings.field.category"), options: CATEGORIES.map((id) => ({ id, label: t(`category.${id}`) })), disabled: !form.isNew, hint: form.isNew ? t("settings.statuses.category_hint") : t("settings.statuses.category_fixed") })}
    ${checks(form, "next", { label: t("settings.statuses.next"), hint: t("settings.statuses.next_hint"), groups: moves(form.value.row?.id || "") })}
    ${form.isNew ? checks(form, "reachable_from", { label: t("settings.statuses.from"), hint: t("settings.statuses.from_hint"), groups: moves("") }) : nothing}`,
  aside: (form) => {
    const { row } = form.value;
    const shown = { id: row?.id || "", label: form.get("label") || t("settings.statuses.new"), category: form.get("category") };
    const customer = { id: "", label: form.get("customer_label") || shown.label, category: shown.category };
    return html`${twoSides(statusBadge(shown), statusBadge(customer))}
      ${row ? card(t("settings.statuses.moves"), html`<dl class="facts wide"><dt>${t("settings.statuses.to")}</dt><dd>${named(namesOf({ next: form.get("next") }))}</dd>
        <dt>${t("settings.statuses.back")}</dt><dd>${named(leadHere(row.id))}</dd></dl>`) : html`<p class="i3">${t("settings.statuses.about")}</p>`}`;
  },
  body: (values, form) => {
    const { customer_label, reachable_from, ...rest } = values;
    if (!form.isNew) return customer_label === undefined ? rest : { ...rest, customer_label };
    return { ...rest, ...(customer_label.trim() ? { customer_label } : {}), ...(reachable_from.length ? { reachable_from } : {}) };
  },
  made: () => {
    statuses.open();
    return false;
  },
  replacing: (row) => othersOf(statuses, row.id, label),
});
