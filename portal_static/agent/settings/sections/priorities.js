/** Priorities: ranked by their order, the most urgent on top. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { colour } from "../form/rich-parts.js";
import { text } from "../form/parts.js";
import { inUse, priorities } from "../kept.js";
import { othersOf, priorityLabel } from "../labels.js";
import { card, prioritySign } from "../previews.js";
import { defineSection } from "../section.js";

/** @param {any} row */
const rankOf = (row) => inUse(priorities).length - inUse(priorities).findIndex(({ id }) => id === row.id);

export default defineSection({
  records: priorities,
  ordered: true,
  line: (row) => ({ title: priorityLabel(row), lead: prioritySign(/** @type {any} */ (row)), text: row.archived ? "" : t("settings.priorities.rank", { n: rankOf(row), of: inUse(priorities).length }) }),
  fresh: () => ({ label: "", hue: null }),
  form: (form) => html`
    ${text(form, "label", { label: t("settings.field.label"), required: true, hint: form.isNew ? t("settings.priorities.top") : "" })}
    ${colour(form, "hue", { label: t("settings.field.hue"), optional: true })}`,
  aside: (form) => {
    const shown = { id: form.value.row?.id, label: form.get("label"), hue: form.get("hue") };
    const label = priorityLabel(shown) || t("settings.priorities.new");
    return html`${card(t("preview.title"), html`<div class="sample-row"><span class="grow"><b>Ingrid Solheim</b><span class="cut i2">${t("preview.subject")}</span></span><span class="badge">${prioritySign(shown)}${label}</span></div>`)}
      <p class="i3">${t("settings.priorities.about")}</p>`;
  },
  replacing: (row) => othersOf(priorities, row.id, priorityLabel),
  replaced: true,
});
