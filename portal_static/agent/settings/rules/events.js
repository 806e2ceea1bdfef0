/** What a rule can wait for. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { checks } from "../form/parts.js";

export const TIME = "time";
const GROUPS = {
  begins: ["ticket.created", "message.received", "message.sent", "note.added", "side_conversation.message_received"],
  changes: [
    "ticket.status_changed", "ticket.priority_changed", "ticket.assigned", "ticket.team_changed", "ticket.tags_changed", "ticket.fields_changed", "ticket.topic_changed", "ticket.type_changed",
    "ticket.subject_changed", "ticket.requester_changed", "ticket.cc_changed", "ticket.followers_changed", "ticket.linked", "ticket.unlinked", "ticket.absorbed", "ticket.snoozed", "ticket.woken",
    "ticket.restored", "ticket.macro_applied",
  ],
  clocks: ["ticket.sla_warned", "ticket.sla_breached", "ticket.timer_fired", "message.delivery_changed"],
};
export const EVENTS = Object.values(GROUPS).flat();

/** @param {import("../form.js").Form} form */
export const isTimed = (form) => (form.get("on") || []).includes(TIME);

/** @param {string} id */
export const eventLabel = (id) => t(`rule.on.${id}`);

/** The event's choice: as time passes, or when one of these happens. @param {import("../form.js").Form} form */
export function events(form) {
  const timed = isTimed(form);
  const choose = (/** @type {boolean} */ to) => to !== timed && form.put("on", to ? [TIME] : ["ticket.created"]);
  const choices = [false, true].map((to) => html`<button type="button" role="radio" name=${to ? "on:time" : "on:events"} aria-checked=${String(to === timed)} ?disabled=${form.locked} @click=${() => choose(to)}>${t(to ? "rule.on.time" : "rule.on.events")}</button>`);
  const problem = form.problem("on");
  if (timed) form.parts.set("on", { label: t("settings.field.on"), required: true });
  return html`<fieldset class="field"><legend class="label">${t("rule.waits")}</legend><div class="segments" role="radiogroup" aria-label=${t("rule.waits")}>${choices}</div>
      ${timed ? html`<span class="hint">${t("rule.time_hint")}</span>` : ""}${timed && problem ? html`<span class="hint bad">${icon("alert", 12)}${problem}</span>` : ""}</fieldset>
    ${timed ? "" : choice(form)}`;
}

/** @param {import("../form.js").Form} form */
function choice(form) {
  const chosen = form.get("on") || [];
  const groups = Object.entries(GROUPS).map(([id, ids]) => ({ label: t(`rule.events.${id}`), options: ids.map((one) => ({ id: one, label: eventLabel(one) })) }));
  const named = chosen.map(eventLabel).join(", ") || t("rule.no_event");
  return html`<details class="rule-events" ?open=${!chosen.length || Boolean(form.problem("on"))}><summary><span class="w5">${t("rule.chosen", { n: chosen.length })}</span> <span class="i3 cut">${named}</span>${icon("down", 14)}</summary>
    ${checks(form, "on", { label: t("settings.field.on"), required: true, groups })}</details>`;
}
