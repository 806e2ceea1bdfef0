/** Mail templates: the words of the mails that the desk writes itself, per language, with a look before they are sent. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { api } from "../../../shared/api.js";
import { ask } from "../../../shared/parts/ask.js";
import { say } from "../../../shared/parts/toast.js";
import { may } from "../../../shared/session.js";
import { language } from "../form/language.js";
import { longText, select, text } from "../form/parts.js";
import { languageName } from "../form/rich-parts.js";
import { letters } from "../kept.js";
import { letterKinds, variablesOf } from "../letter-kinds.js";
import { defineSection } from "../section.js";
import "../letter-preview.js";

/** @param {any} row */
const nameOf = ({ kind, locale }) => `${t(`letter.${kind}`)} · ${languageName(locale)}`;

/** Back to the words that the desk comes with. @param {any} row */
async function restore(row) {
  const run = async () => {
    await api.delete(`/mail-templates/${encodeURIComponent(row.id)}`, { ifMatch: row.version });
    letters.recent.delete(row.id);
    await letters.open();
  };
  if (await ask({ title: t("letters.restore.title", { name: nameOf(row) }), text: t("letters.restore.text"), action: t("letters.restore"), danger: true, run })) say({ text: t("letters.restored", { name: nameOf(row) }) });
}

/** @param {import("../form.js").Form} form */
function variables(form) {
  const all = variablesOf(form.get("kind"));
  if (!all.length) return nothing;
  return html`<details class="folded"><summary>${icon("right", 12)}<span class="grow w5">${t("letters.variables")}</span></summary>
    <dl class="facts wide letter-variables">${all.map(({ name }) => html`<dt><code class="mono">{{ ${name} }}</code></dt><dd>${t(`letter.variable.${name}`)}</dd>`)}</dl></details>`;
}

export default defineSection({
  records: letters,
  kept: true,
  watch: [letterKinds],
  line: (row) => ({ title: t(`letter.${row.kind}`), lead: icon("draft", 14), text: languageName(row.locale), tag: row.shipped ? "" : t("letters.own") }),
  fresh: () => ({ kind: "acknowledgement", locale: null, subject: null, html: "", text: null }),
  form: (form) => html`
    <div class="two">${select(form, "kind", { label: t("letters.kind"), options: (letterKinds.data || []).map(({ kind }) => ({ id: kind, label: t(`letter.${kind}`) })), disabled: !form.isNew, hint: t(`letter.${form.get("kind")}_hint`) })}
      ${language(form, "locale", { label: t("settings.field.locale"), required: true, disabled: !form.isNew, also: form.get("locale") || "", ...(form.isNew ? { none: t("letters.choose_language") } : {}) })}</div>
    ${form.get("kind") === "sign_in_link" ? text(form, "subject", { label: t("settings.field.subject"), mono: true }) : nothing}
    ${longText(form, "html", { label: t("letters.html"), required: true, mono: true, rows: 12, most: 60_000, hint: t("letters.html_hint") })}
    ${longText(form, "text", { label: t("letters.text"), optional: true, mono: true, rows: 6, hint: t("letters.text_hint") })}
    ${variables(form)}`,
  acts: (row) => (!row.shipped && may("settings:write") ? html`<button class="btn second" @click=${() => restore(row)}>${icon("undo", 14)}${t("letters.restore")}</button>` : nothing),
  aside: (form) => html`<letter-preview .form=${form} .held=${form.value.values}></letter-preview>`,
  body: (values, form) => {
    const { html: source, text: plain, subject } = form.value.values;
    const given = form.value.row?.shipped ? { ...values, html: source, text: plain, subject } : values; // who changes one word takes all of them over
    return { ...given, ...("text" in given ? { text: given.text?.trim() ? given.text : null } : {}), ...("subject" in given ? { subject: given.subject?.trim() || null } : {}) };
  },
});
