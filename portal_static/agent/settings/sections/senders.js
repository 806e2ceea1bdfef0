/** Rules for senders: whose mail is kept out, and whose is never taken for spam. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { longText, select, text } from "../form/parts.js";
import { senders } from "../kept.js";
import { defineSection } from "../section.js";

const VERDICTS = ["blocked", "trusted"];

export default defineSection({
  records: senders,
  write: "mail:write",
  line: (row) => ({ title: row.pattern, lead: html`<span class=${row.verdict === "blocked" ? "c-red" : "c-green"}>${icon(row.verdict === "blocked" ? "x" : "check-circle", 14)}</span>`, text: row.note, tag: t(`verdict.${row.verdict}`) }),
  fresh: (query) => ({ pattern: query.get("pattern") || "", verdict: query.get("verdict") === "trusted" ? "trusted" : "blocked", note: "" }),
  form: (form) => html`
    ${text(form, "pattern", { label: t("settings.senders.pattern"), required: true, mono: true, most: 254, placeholder: "@example.org", hint: t("settings.senders.pattern_hint") })}
    ${select(form, "verdict", { label: t("settings.senders.verdict"), options: VERDICTS.map((id) => ({ id, label: t(`verdict.${id}`) })), hint: t(`verdict.${form.get("verdict")}_hint`) })}
    ${longText(form, "note", { label: t("settings.field.note"), optional: true, rows: 2, most: 500 })}`,
  aside: () => html`<p class="i3">${t("settings.senders.about")}</p>`,
  again: ({ pattern, verdict, note }) => ({ pattern, verdict, note }),
});
