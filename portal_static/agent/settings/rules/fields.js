/** What a rule can ask, with the operators and the values of each (docs/rules.md). */
import { nameOf } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { statusLabel } from "../../../shared/parts/badges.js";
import { assignable } from "../../state/catalogue.js";
import { calendars, fields, inUse, priorities, statuses, teams, topics } from "../kept.js";
import { optionsOf, priorityLabel } from "../labels.js";
import { EVENTS } from "./events.js";

/** @typedef {{id: string, label: string}} Option */
/** @typedef {{id: string, type: string, options?: () => Option[]}} Asked */

const OPS = /** @type {Record<string, string[]>} */ ({
  id: ["is", "in"], optional: ["is", "in", "none"], rank: ["is", "in", "gte", "lte"], set: ["is", "all", "in", "none"], number: ["is", "gt", "gte", "lt", "lte"],
  date: ["lt", "gt", "none"], flag: ["is"], line: ["contains", "is"], words: ["matches"], custom: ["is", "contains", "gt", "lt", "none"],
});

/** @param {string} key @param {string[]} ids */
const named = (key, ids) => ids.map((id) => ({ id, label: t(`${key}.${id}`) }));
const CHOICES = /** @type {Record<string, () => Option[]>} */ ({
  status_id: () => optionsOf(statuses, (row) => statusLabel(row)),
  category: () => named("category", ["new", "open", "waiting", "on_hold", "solved", "closed"]),
  priority: () => optionsOf(priorities, priorityLabel),
  assignee_id: () => assignable().map((person) => ({ id: person.id, label: nameOf(person) })),
  team_id: () => optionsOf(teams),
  topic_id: () => optionsOf(topics),
  type: () => named("type", ["question", "incident", "problem", "task"]),
  channel: () => named("channel", ["mail", "portal", "api", "agent"]),
});

/** @type {[string, string][]} */
const TICKET = [
  ["status_id", "id"], ["category", "id"], ["priority", "rank"], ["assignee_id", "optional"], ["team_id", "optional"], ["tag", "set"], ["topic_id", "optional"], ["type", "optional"],
  ["channel", "id"], ["subject", "line"], ["requester_id", "id"], ["company_id", "optional"], ["cc", "set"], ["message_count", "number"], ["has_attachments", "flag"], ["snoozed", "flag"],
  ["created_at", "date"], ["updated_at", "date"], ["status_changed_at", "date"], ["due_at", "date"], ["resolved_at", "date"], ["first_response_at", "date"],
];
const CHANGED = ["status", "category", "priority", "assignee", "team", "requester", "company", "tag", "topic", "type", "subject", "cc", "follower", "snoozed", "attachments"];
const BEFORE = ["status_id", "category", "priority", "assignee_id", "team_id", "topic_id", "type", "tag", "subject"];

/** The fields in their groups; a rule that waits for the time knows no event. @param {boolean} timed @returns {{label: string, fields: Asked[]}[]} */
export function groupsOf(timed) {
  const ticket = TICKET.map(([id, type]) => ({ id, type, options: CHOICES[id] }));
  const own = inUse(fields).map((field) => ({ id: `fields.${field.id}`, type: "custom" }));
  const clock = [
    { id: "hour", type: "number" },
    { id: "weekday", type: "id", options: () => named("day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) },
    { id: "within", type: "id", options: () => optionsOf(calendars) },
  ];
  const groups = [{ label: t("rule.group.ticket"), fields: ticket }, { label: t("rule.group.fields"), fields: own }, { label: t("rule.group.time"), fields: clock }];
  if (!timed) groups.splice(1, 0, { label: t("rule.group.event"), fields: event() }, { label: t("rule.group.before"), fields: before() }, { label: t("rule.group.message"), fields: message() });
  return groups.filter((group) => group.fields.length);
}

/** @returns {Asked[]} */
const event = () => [
  { id: "event", type: "id", options: () => EVENTS.map((id) => ({ id, label: t(`rule.on.${id}`) })) },
  { id: "changed", type: "id", options: () => CHANGED.map((id) => ({ id, label: t(`rule.changed.${id}`) })) },
  { id: "actor", type: "id", options: () => named("rule.actor", ["agent", "contact", "key", "system", "rule"]) },
  { id: "actor_id", type: "id", options: CHOICES.assignee_id },
];

/** @returns {Asked[]} */
const before = () => BEFORE.map((id) => ({ id: `was.${id}`, type: /** @type {any} */ (TICKET.find(([one]) => one === id))[1], options: CHOICES[id] }));

/** @returns {Asked[]} */
const message = () => [
  { id: "message.text", type: "words" },
  { id: "message.kind", type: "id", options: () => named("rule.said", ["customer", "reply", "note"]) },
  { id: "message.public", type: "flag" },
  { id: "message.automatic", type: "flag" },
];

/** @param {string} id @returns {Asked} */
export function askedBy(id) {
  const known = groupsOf(false).flatMap((group) => group.fields).find((field) => field.id === id);
  return known || { id, type: /^(was\.)?fields\./.test(id) ? "custom" : "line" };
}

/** @param {Asked} field */
export const opsOf = ({ type }) => OPS[type];

/** @param {string} id @returns {string} */
export function fieldLabel(id) {
  if (id.startsWith("was.")) return t("rule.was", { field: fieldLabel(id.slice(4)) });
  if (id.startsWith("fields.")) return fields.of(id.slice(7))?.label || id;
  return t(`rule.field.${id}`);
}

/** A comparison of a field to begin with. @param {string} id */
export function startOf(id) {
  const field = askedBy(id);
  const [op] = opsOf(field);
  return { field: id, op, value: field.type === "flag" ? true : field.type === "date" ? "-3d" : field.type === "number" ? 1 : field.options?.()[0]?.id ?? "" };
}
