/** Webhooks: programs that are told what happens, and what became of each telling. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { mayWrite } from "../section.js";
import { eventGroups, eventTypes } from "../event-types.js";
import { checks, select, text, toggle } from "../form/parts.js";
import { condition } from "../form/rich-parts.js";
import { webhooks } from "../kept.js";
import { defineSection } from "../section.js";
import { drop, holdSecret, secretCard, secretHeld } from "../secret.js";
import { secretSection, stateCard } from "../webhook-cards.js";
import "../webhook-ledger.js";

/** @param {string} url */
const hostOf = (url) => url.replace(/^https?:\/\//, "");

/** @param {any} row */
function stateOf(row) {
  if (row.paused) return t("webhook.state.paused");
  return row.enabled ? (row.behind ? t("webhook.behind_by", { n: row.behind }) : "") : t("webhook.state.off");
}

/** All types, or some of them. @param {import("../form.js").Form} form */
function events(form) {
  const chosen = form.get("events") || [];
  const all = chosen.includes("*");
  const turn = (/** @type {any} */ event) => form.put("events", event.target.checked ? ["*"] : []);
  return html`<div class="field"><label class="check"><input type="checkbox" role="switch" name="events:*" .checked=${all} ?disabled=${form.locked} @change=${turn} /><span class="w5">${t("settings.webhooks.every")}</span></label>
    <span class="hint">${t("settings.webhooks.every_hint")}</span></div>
    ${all ? nothing : form.isNew || form.problem("events") ? chosenOf(form, chosen) : html`<details class="folded"><summary>${icon("right", 12)}<span class="grow"><span class="w5">${t("settings.webhooks.chosen", { n: chosen.length })}</span><span class="t12 i3 cut">${chosen.join(" ")}</span></span></summary>${chosenOf(form, chosen)}</details>`}`;
}

/** @param {import("../form.js").Form} form @param {string[]} chosen */
function chosenOf(form, chosen) {
  return html`${checks(form, "events", { label: t("settings.webhooks.events"), required: true, groups: eventGroups(form.get("scope"), chosen), none: t("state.loading") })}`;
}

export default defineSection({
  records: webhooks,
  write: "webhooks:write",
  watch: [eventTypes, secretHeld],
  line: (row) => ({ title: hostOf(row.url), lead: html`<span class=${row.paused ? "c-red" : row.enabled ? "c-green" : "i3"}>${icon(row.paused ? "alert" : row.enabled ? "check-circle" : "x", 14)}</span>`, text: row.description || (row.events.includes("*") ? t("settings.webhooks.every") : row.events.join(" ")), tag: stateOf(row) }),
  fresh: () => ({ url: "", description: "", events: ["ticket.created", "message.received"], payload: "full", scope: "internal", filter: null, enabled: true }),
  form: (form) => html`
    ${secretCard(form.value.row?.id, (secret) => `WEBHOOK_SECRET=${secret}`)}
    ${text(form, "url", { label: t("settings.field.url"), required: true, type: "url", most: 2000, placeholder: `https:${"//"}hooks.example.org/desk`, hint: t("settings.webhooks.url_hint") })}
    ${text(form, "description", { label: t("settings.field.description"), optional: true, most: 500 })}
    ${form.isNew ? nothing : toggle(form, "enabled", { label: t("settings.webhooks.enabled"), hint: t("settings.webhooks.enabled_hint") })}
    <div class="two">${select(form, "payload", { label: t("settings.field.payload"), options: ["full", "thin"].map((id) => ({ id, label: t(`payload.${id}`) })), hint: t(`payload.${form.get("payload")}_hint`) })}
      ${select(form, "scope", { label: t("settings.field.scope"), options: ["internal", "customer"].map((id) => ({ id, label: t(`scope.${id}`) })), hint: t(`scope.${form.get("scope")}_hint`) })}</div>
    ${condition(form, "filter", { label: t("settings.field.filter"), optional: true, hint: t("settings.webhooks.filter_hint"), placeholder: "team:T1 priority:>=high" })}
    ${events(form)}
    ${form.value.row ? html`<webhook-ledger of=${form.value.row.id}></webhook-ledger>` : nothing}`,
  aside: (form) => {
    const row = form.value.row && webhooks.of(form.value.row.id);
    if (!row) return html`<p class="i3">${t("settings.webhooks.about")}</p>`;
    const open = mayWrite({ write: "webhooks:write" });
    return html`${stateCard(row, open)}${open ? html`<webhook-test of=${row.id}></webhook-test>${secretSection(row)}` : nothing}`;
  },
  body: ({ enabled, ...values }, form) => (form.isNew || enabled === undefined ? values : { ...values, enabled }),
  made: (row) => holdSecret(row.id, row.secret),
  holds: () => (secretHeld.value && !secretHeld.value.copied ? { title: t("secret.leave.title"), text: t("secret.leave.text"), action: t("secret.leave.action") } : null),
  left: drop,
  loss: () => t("settings.webhooks.loss"),
});
