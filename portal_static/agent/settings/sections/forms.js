/** Forms: which fields a ticket asks for, in which order, at which door. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { fieldPreview, seenBy } from "../field-preview.js";
import { select, text, toggle } from "../form/parts.js";
import { pick } from "../form/pick.js";
import { fields, forms, inUse, topics } from "../kept.js";
import { hrefTo } from "../place.js";
import { twoSides } from "../previews.js";
import { defineSection } from "../section.js";

/** @param {string[]} ids @param {import("../field-preview.js").Side} side */
function asked(ids, side) {
  const shown = ids.map((id) => fields.of(id)).filter((row) => row && seenBy(row, side));
  return shown.length ? html`<div class="preview-form">${shown.map((row) => fieldPreview(row, side))}</div>` : html`<p class="i3">${t("settings.forms.asks_nothing")}</p>`;
}

/** @param {string} id */
const askingWith = (id) => inUse(topics).filter((topic) => topic.form_id === id);

export default defineSection({
  records: forms,
  ordered: true,
  watch: [fields, topics],
  line: (row) => ({ title: row.label, lead: icon("file", 14), text: t("settings.forms.line", { n: row.field_ids.length, door: t(`door.${row.for}`) }), tag: row.default ? t("settings.forms.is_default") : "" }),
  fresh: () => ({ label: "", for: "both", field_ids: [], default: false }),
  form: (form) => html`
    <div class="two">${text(form, "label", { label: t("settings.field.label"), required: true })}
      ${select(form, "for", { label: t("settings.field.for"), options: ["both", "agent", "portal"].map((id) => ({ id, label: t(`door.${id}`) })) })}</div>
    ${pick(form, "field_ids", { label: t("settings.fields"), hint: t("settings.forms.order_hint"), empty: t("settings.forms.no_fields"), add: t("settings.forms.add"), options: (fields.data || []).filter((row) => !row.archived || form.get("field_ids").includes(row.id)).map((row) => ({ id: row.id, label: row.label, hint: t(`fieldtype.${row.type}`) })) })}
    ${toggle(form, "default", { label: t("settings.forms.default"), hint: t("settings.forms.default_hint") })}`,
  aside: (form) => {
    const { row } = form.value;
    const [door, ids] = [form.get("for"), form.get("field_ids")];
    const used = row ? askingWith(row.id) : [];
    return html`${twoSides(door === "portal" ? html`<p class="i3">${t("settings.forms.not_here")}</p>` : asked(ids, "agent"), door === "agent" ? html`<p class="i3">${t("settings.forms.not_here")}</p>` : asked(ids, "customer"))}
      ${used.length ? html`<section class="side-card links"><h2 class="side-head">${t("settings.topics")}</h2>${used.map((each) => html`<a href=${hrefTo("topics", each.id)} dir="auto">${each.label}</a>`)}</section>` : nothing}`;
  },
  again: ({ label, for: door, field_ids, default: usual }) => ({ label, for: door, field_ids, default: usual }),
  loss: () => t("settings.forms.loss"),
  refused: ({ code, problem }) => (code === "in_use" ? t("settings.forms.in_use", { names: (problem.by || []).map((/** @type {string} */ id) => topics.of(id)?.label || id).join(", ") }) : ""),
});
