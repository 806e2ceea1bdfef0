/** Templates: prepared answers, in the languages of those who get them. */
import { html } from "../../../shared/element.js";
import { list } from "../../../shared/format.js";
import { locale, t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { locales } from "../form/locales.js";
import { text } from "../form/parts.js";
import { fields, teams, templates } from "../kept.js";
import { defineSection } from "../section.js";
import { mayShare, sharedWith, sharing } from "../sharing.js";
import { unknownIn, variables } from "../variables.js";
import { unknownAlert, usedCard } from "./macros.js";
import "../trial.js";

/** @param {Record<string, any>} variants */
const bodyOf = (variants) => Object.fromEntries(Object.entries(variants).map(([tag, { subject, body_html }]) => [tag, { body_html, ...(subject?.trim() ? { subject } : {}) }]));

/** @param {import("../form.js").Form} form */
const unknown = (form) => unknownIn(Object.values(form.get("variants") || {}).map(({ subject, body_html }) => `${subject || ""}\n${body_html || ""}`).join("\n"));

export default defineSection({
  records: templates,
  write: "tickets:write",
  ordered: true,
  watch: [fields, teams, variables],
  line: (row) => ({ title: row.name, lead: icon("note", 14), text: list([row.shortcut ? `/${row.shortcut}` : "", Object.keys(row.variants).join(" ")].filter(Boolean)), tag: sharedWith(row, row.visibility) }),
  fresh: () => ({ name: "", shortcut: null, visibility: "personal", team_ids: [], variants: { [locale()]: { subject: "", body_html: "" } } }),
  fixed: (row) => mayShare(row.visibility),
  form: (form) => html`
    <div class="two">${text(form, "name", { label: t("settings.field.name"), required: true })}${text(form, "shortcut", { label: t("settings.field.shortcut"), optional: true, mono: true, most: 40, placeholder: "reset", hint: t("settings.templates.shortcut_hint") })}</div>
    ${locales(form, "variants", t("settings.templates.words"))}${unknownAlert(unknown(form))}
    ${sharing(form, "visibility", "personal")}`,
  aside: (form) => {
    const { row } = form.value;
    if (!row) return html`<p class="i3">${t("settings.templates.about")}</p>`;
    return html`<settings-trial of=${row.id} version=${row.version} ?dirty=${form.isDirty} .path=${() => `/templates/${row.id}/rendering`} .body=${(/** @type {string} */ ticket) => ({ ticket_id: ticket, preview: true })}></settings-trial>${usedCard(row)}`;
  },
  body: (values) => ({ ...values, ...("shortcut" in values ? { shortcut: values.shortcut?.trim() || null } : {}), ...(values.variants ? { variants: bodyOf(values.variants) } : {}) }),
  again: ({ name, shortcut, visibility, team_ids, variants }) => ({ name, shortcut, visibility, team_ids, variants: bodyOf(variants) }),
});
