/** What happened between messages, in one line each. */
import { html } from "../../shared/element.js";
import { exact, moment, nameOf } from "../../shared/format.js";
import { pieces, t } from "../../shared/i18n.js";
import { priorityName, statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { session } from "../../shared/session.js";
import { agentOf, statusOf, teamOf } from "../state/catalogue.js";

/** @type {Record<string, {icon: string, key: string, field: string}>} */
const KINDS = {
  "ticket.created": { icon: "plus", key: "event.created", field: "number" },
  "ticket.status_changed": { icon: "status-open", key: "event.status", field: "status_id" },
  "ticket.assigned": { icon: "user", key: "event.assigned", field: "assignee_id" },
  "ticket.unmatched": { icon: "alert", key: "event.unmatched", field: "unmatched" },
  "ticket.team_changed": { icon: "users", key: "event.team", field: "team_id" },
  "ticket.priority_changed": { icon: "priority-high", key: "event.priority", field: "priority" },
  "ticket.tags_changed": { icon: "tag", key: "event.tags", field: "tags" },
  "ticket.subject_changed": { icon: "draft", key: "event.subject", field: "subject" },
  "ticket.merged": { icon: "split", key: "event.merged", field: "merged_into" },
  "ticket.unmerged": { icon: "split", key: "event.unmerged", field: "merged_into" },
  "ticket.linked": { icon: "link", key: "event.linked", field: "links" },
  "ticket.unlinked": { icon: "link", key: "event.unlinked", field: "links" },
  "ticket.trashed": { icon: "trash", key: "event.trashed", field: "trashed_at" },
  "ticket.restored": { icon: "undo", key: "event.restored", field: "trashed_at" },
  "ticket.snoozed": { icon: "moon", key: "event.snoozed", field: "snooze" },
  "ticket.woken": { icon: "moon", key: "event.woken", field: "snooze" },
  "ticket.timer_fired": { icon: "clock", key: "event.timer", field: "idle" },
  "ticket.timer_failed": { icon: "alert", key: "event.timer_failed", field: "idle" },
  "ticket.timer_cancelled": { icon: "clock", key: "event.timer_cancelled", field: "idle" },
  "ticket.sla_warned": { icon: "clock", key: "event.sla_warned", field: "sla" },
  "ticket.sla_breached": { icon: "alert", key: "event.sla_breached", field: "sla" },
  "ticket.sla_applied": { icon: "clock", key: "event.sla_applied", field: "sla" },
  "ticket.topic_changed": { icon: "draft", key: "event.topic", field: "topic_id" },
  "ticket.rule_applied": { icon: "send", key: "event.rule", field: "rule_id" },
  "ticket.macro_applied": { icon: "bolt", key: "event.macro", field: "macro_id" },
  "message.cancelled": { icon: "undo", key: "event.cancelled", field: "message_id" },
  "message.reparsed": { icon: "refresh", key: "event.reparsed", field: "message_id" },
  "ticket.mail_silenced": { icon: "mail", key: "event.silenced", field: "mail_id" },
  "ticket.fields_changed": { icon: "draft", key: "event.fields", field: "fields" },
};

/** Messages draw themselves; all else has a line, a rule one of its own only where nothing else tells of it. @param {any} event */
export const isShown = (event) => event.type in KINDS && (event.type !== "ticket.rule_applied" || event.data.webhook_ids.length + (event.data.notify?.length || 0) > 0);

/** @param {any} event @param {any} ticket @param {any[]} [all] the ticket's events, which name the rules */
export function eventLine(event, ticket, all = []) {
  const kind = KINDS[event.type];
  const values = VALUES[event.type]?.(event.changes?.[kind.field] || {}, event) || {};
  const key = kind.key + (values.form || "");
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, html`<b>${value}</b>`]));
  const who = html`<b dir="auto">${event.actor?.kind === "rule" ? ruleName(event.actor.id, all) : actorName(event, ticket)}</b>`;
  return html`<div class="event">
    ${values.icon || icon(kind.icon, 14)}<span>${pieces(key, { who, ...shown })}</span>
    <time datetime=${event.at} title=${exact(event.at)}>${moment(event.at)}</time>
  </div>`;
}

/** @type {Record<string, (change: any, event: any) => Record<string, any>>} */
const VALUES = {
  "ticket.status_changed": ({ from, to }) => ({ from: statusLabel(statusOf(plain(from))), to: statusLabel(statusOf(plain(to))), icon: statusIcon(statusOf(plain(to)).category, 14) }),
  "ticket.assigned": ({ to }, { actor, data }) => assigned(plain(to), actor, data?.routing),
  "ticket.unmatched": (_change, { data }) => ({ why: t(`routing.why.${data.routing.why}`) }),
  "ticket.team_changed": ({ to }) => (to ? { to: teamOf(plain(to))?.name || t("view.unknown") } : { form: "_none" }),
  "ticket.priority_changed": ({ to }) => ({ to: priorityName(plain(to)) }),
  "ticket.tags_changed": ({ from, to }) => tagged(from || [], to || []),
  "ticket.subject_changed": ({ to }) => ({ to: plain(to) }),
  "ticket.timer_fired": (_change, { data }) => ({ form: `_${data.what}`, rule: data.rule }),
  "ticket.timer_failed": (_change, { data }) => ({ rule: data.rule }),
  "ticket.sla_warned": (_change, { data }) => ({ what: t(`sla.${data.target}`), time: moment(data.due_at) }),
  "ticket.sla_breached": (_change, { data }) => ({ what: t(`sla.${data.target}`), time: moment(data.due_at), policy: data.policy }),
  "ticket.sla_applied": ({ to }) => (to ? { policy: to.policy } : { form: "_none" }),
  "ticket.mail_silenced": (_change, { data }) => ({ form: `_${data.what}`, because: t(`silenced.${data.because}`) }),
};

/** @param {string | null} to @param {any} actor @param {any} [routing] why the desk did it */
function assigned(to, actor, routing) {
  if (!to) return { form: "_none" };
  if (routing) return { form: "_routed", to: nameOf(agentOf(to) || null), why: t(`routing.why.${routing.why}`, { load: routing.load, capacity: routing.capacity }) };
  if (to === actor?.id) return { form: "_self" };
  return { to: to === session.value.me?.id ? t("person.to_you") : nameOf(agentOf(to) || null) };
}

/** @param {string[]} from @param {string[]} to */
function tagged(from, to) {
  const added = to.filter((tag) => !from.includes(tag));
  const gone = from.filter((tag) => !to.includes(tag));
  return added.length ? { tags: added.join(", ") } : { form: "_removed", tags: gone.join(", ") };
}

/** An id, whether given plainly or inside an object. @param {any} value */
const plain = (value) => (value && typeof value === "object" ? value.id : value);

/** @param {string} id @param {any[]} all */
function ruleName(id, all) {
  const told = all.find(({ type, data }) => type === "ticket.rule_applied" && data.rule_id === id);
  return told ? t("person.rule", { rule: told.data.rule }) : t("person.lambdesk");
}

/** @param {any} event @param {any} ticket */
function actorName({ actor, type }, ticket) {
  if (!actor) return t("person.lambdesk");
  if (actor.id === session.value.me?.id) return t("person.you");
  if (actor.kind === "contact") return nameOf(actor.id === ticket.requester.id || type === "ticket.created" ? ticket.requester : actor);
  if (actor.kind === "agent") return nameOf(agentOf(actor.id) || actor);
  return actor.name || t("person.lambdesk");
}
