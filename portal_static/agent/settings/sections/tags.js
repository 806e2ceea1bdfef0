/** Tags: their colours and meanings, how many tickets carry each, and renaming them everywhere. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { may } from "../../../shared/session.js";
import { longText, text } from "../form/parts.js";
import { colour } from "../form/rich-parts.js";
import { tags } from "../kept.js";
import { card, near } from "../previews.js";
import { defineSection } from "../section.js";
import "../tag-rename.js";

/** @param {number | null} hue */
const dot = (hue) => html`<span class="team-dot h${near(hue)}" aria-hidden="true"></span>`;

export default defineSection({
  records: tags,
  line: (row) => ({ title: row.id, lead: dot(row.hue), text: row.description, tag: t("settings.tags.count", { n: row.count || 0 }) }),
  fresh: () => ({ id: "", hue: null, description: "" }),
  form: (form) => html`
    ${form.isNew ? text(form, "id", { label: t("settings.tags.name"), required: true, most: 50, hint: t("settings.tags.name_hint") }) : nothing}
    ${colour(form, "hue", { label: t("settings.field.hue"), optional: true })}
    ${longText(form, "description", { label: t("settings.field.description"), optional: true, rows: 2, most: 2000, hint: t("settings.tags.description_hint") })}`,
  aside: (form) => {
    const { row } = form.value;
    return html`${card(t("preview.title"), html`<div class="sample-row"><span class="cut grow i2">${t("preview.subject")}</span><span class="tag large" dir="auto">${dot(form.get("hue"))}${row?.id || form.get("id") || t("settings.tags.new")}</span></div>`)}
      ${row && may("tickets:bulk") && may("settings:write") ? html`<tag-rename .tag=${row}></tag-rename>` : nothing}
      ${row ? nothing : html`<p class="i3">${t("settings.tags.about")}</p>`}`;
  },
  loss: () => t("settings.tags.loss"),
  refused: ({ code, problem }) => (code === "in_use" ? t("settings.tags.in_use", { n: problem.count }) : ""),
  again: ({ id, hue, description }) => ({ id, hue, description }),
});
