/** Mailboxes: the desk's own addresses, what a ticket from there begins with, and where answers go out from. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { language } from "../form/language.js";
import { lines, select, text, toggle } from "../form/parts.js";
import { words } from "../form/words.js";
import { inUse, mailboxes, teams, topics } from "../kept.js";
import { card } from "../previews.js";
import { hrefTo } from "../place.js";
import { defineSection } from "../section.js";
import { lineOf } from "../tree.js";
import "../../../shared/parts/mail-body.js";

const topicOptions = () => inUse(topics).map((row) => ({ id: row.id, label: lineOf(inUse(topics), row.id).map(({ label }) => label).join(" › ") }));

/** @param {any} row */
const isMain = (row) => inUse(mailboxes)[0]?.id === row.id;

/** What a customer sees in From. @param {import("../form.js").Form} form */
function outside(form) {
  const name = form.get("name") || t("settings.mailboxes.own_name");
  return card(t("settings.mailboxes.outside"), html`<p class="w5" dir="auto">${t("settings.mailboxes.from", { name })}</p><p class="i3"><bdi>${form.get("address") || "…"}</bdi></p>
    ${form.get("signature_html") ? html`<div class="trial-words"><mail-body .body=${form.get("signature_html")} .label=${t("settings.field.signature_html")}></mail-body></div>` : ""}`);
}

export default defineSection({
  records: mailboxes,
  ordered: true,
  watch: [teams, topics],
  line: (row) => ({ title: row.address, lead: icon("inbox", 14), text: [row.name, teams.of(row.team_id)?.name].filter(Boolean).join(" · "), tag: isMain(row) ? t("settings.mailboxes.main") : "" }),
  fresh: () => ({ address: "", name: "", aliases: null, team_id: null, topic_id: null, locale: null, acknowledge: true, signature_html: "", sender: "from" }),
  form: (form) => html`
    <div class="two">${text(form, "address", { label: t("settings.field.address"), required: true, type: "email", placeholder: "support@example.org" })}
      ${text(form, "name", { label: t("settings.mailboxes.name"), optional: true, most: 100, hint: t("settings.mailboxes.name_hint") })}</div>
    ${lines(form, "aliases", { label: t("settings.mailboxes.aliases"), optional: true, hint: t("settings.mailboxes.aliases_hint") })}
    <div class="two">${select(form, "team_id", { label: t("settings.field.team_id"), options: (teams.data || []).map(({ id, name }) => ({ id, label: name })), none: t("settings.mailboxes.no_team") })}
      ${select(form, "topic_id", { label: t("settings.field.topic_id"), options: topicOptions(), none: t("settings.mailboxes.no_topic") })}</div>
    <div class="two">${language(form, "locale", { label: t("settings.field.locale"), none: t("settings.mailboxes.org_language"), hint: t("settings.mailboxes.locale_hint"), also: form.get("locale") || "" })}
      ${select(form, "sender", { label: t("settings.mailboxes.sender"), options: ["from", "reply_to"].map((id) => ({ id, label: t(`settings.mailboxes.sender.${id}`) })), hint: t("settings.mailboxes.sender_hint") })}</div>
    ${toggle(form, "acknowledge", { label: t("settings.mailboxes.acknowledge"), hint: t("settings.mailboxes.acknowledge_hint") })}
    ${words(form, "signature_html", { label: t("settings.field.signature_html"), bare: true })}`,
  aside: (form) => html`${outside(form)}<section class="side-card links"><a href=${hrefTo("domains")}>${t("settings.mailboxes.domain")}</a></section>`,
  body: (values) => ({ ...values, ...("aliases" in values ? { aliases: values.aliases || [] } : {}) }),
  loss: () => t("settings.mailboxes.loss"),
});
