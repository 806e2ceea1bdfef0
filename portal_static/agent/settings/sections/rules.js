/** Rules: what happens to tickets by itself, when something happens to them or as time passes. */
import { html, nothing } from "../../../shared/element.js";
import { list, moment } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { text, toggle } from "../form/parts.js";
import { zone } from "../form/zone.js";
import { calendars, fields, macros, priorities, rules, statuses, teams, templates, topics, webhooks } from "../kept.js";
import { card } from "../previews.js";
import { ruleActions, ruleActionsBody } from "../rules/actions.js";
import "../rules/conditions.js";
import { eventLabel, events, TIME } from "../rules/events.js";
import "../rules/trial.js";
import { defineSection } from "../section.js";

/** What it does, in a line. @param {any} row */
function words(row) {
  const acts = list([...new Set(row.then.map((/** @type {any} */ { type }) => t(`macro.${type}`)))]);
  const on = row.on.includes(TIME) ? t("rule.on.time") : row.on.length > 2 ? t("rule.chosen", { n: row.on.length }) : row.on.map(eventLabel).join(", ");
  return `${on} → ${acts}`;
}

/** @param {any} row */
function sign(row) {
  if (row.broken) return icon("alert", 14);
  return icon(row.enabled ? "bolt" : "pause", 14);
}

/** @param {any} row */
function tag(row) {
  if (row.broken) return t("rule.broken");
  if (!row.enabled) return t("rule.off");
  return row.last_error ? t("rule.erring", { n: row.hits || 0 }) : t("rule.hits", { n: row.hits || 0 });
}

/** How often it fired, and what went wrong last. @param {import("../form.js").Form} form */
function facts({ value: { row } }) {
  if (!row) return nothing;
  const hits = html`<p>${t("rule.hits", { n: row.hits || 0 })}${row.last_hit_at ? html`<br /><span class="i3">${t("usage.last", { time: moment(row.last_hit_at) })}</span>` : nothing}</p>`;
  const error = row.last_error ? html`<p class="hint bad">${icon("alert", 12)}<span>${row.last_error}${row.last_error_at ? html` <time class="i3" datetime=${row.last_error_at}>${moment(row.last_error_at)}</time>` : nothing}</span></p>` : nothing;
  return html`${card(t("usage.title"), html`${hits}${error}`)}${card(t("rule.whole"), html`<pre class="rule-whole" dir="ltr" tabindex="0">${row.text}</pre>`)}`;
}

/** @param {import("../form.js").Form} form */
function brokenAlert({ value: { row } }) {
  return row?.broken ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${t("rule.broken_text", { why: row.broken })}</span></div>` : nothing;
}

/** As the API takes it. @param {Record<string, any>} values */
const body = (values) => ({ ...values, ...("when" in values ? { when: values.when || "" } : {}), ...(values.then ? { then: ruleActionsBody(values.then) } : {}) });

/** @param {import("../form.js").Form} form */
const trial = (form) => (form.locked ? nothing : html`<rule-trial .form=${form} .draft=${body(form.value.values)}></rule-trial>`);

/** @param {import("../form.js").Form} form */
const asksClock = (form) => /"(hour|weekday)"|\b(hour|weekday):/.test(JSON.stringify(form.get("when") || ""));

export default defineSection({
  records: rules,
  ordered: true,
  watch: [statuses, priorities, teams, topics, fields, templates, macros, webhooks, calendars],
  line: (row) => ({ title: row.name, lead: sign(row), text: words(row), tag: tag(row) }),
  fresh: () => ({ name: "", enabled: true, on: ["ticket.created"], when: "", then: [], stop: false, zone: "UTC" }),
  form: (form) => html`${brokenAlert(form)}
    ${text(form, "name", { label: t("settings.field.name"), required: true, most: 100 })}
    ${toggle(form, "enabled", { label: t("rule.enabled") })}
    ${events(form)}
    <rule-conditions .form=${form} .state=${form.value}></rule-conditions>
    ${asksClock(form) ? zone(form, "zone", { label: t("settings.field.zone"), hint: t("rule.zone_hint") }) : nothing}
    ${ruleActions(form)}
    ${toggle(form, "stop", { label: t("settings.field.stop"), hint: t("rule.stop_hint") })}`,
  aside: (form) => html`${trial(form)}${facts(form)}<p class="i3">${t("settings.rules.about")}</p>`,
  body,
  loss: () => t("settings.rules.loss"),
});
