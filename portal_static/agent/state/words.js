/** Fields of a ticket and their values in words. */
import { day, list, nameOf } from "../../shared/format.js";
import { hasText, t } from "../../shared/i18n.js";
import { priorityName, statusLabel } from "../../shared/parts/badges.js";
import { agentOf, statusOf, teamOf } from "./catalogue.js";
import { definitionOf, topicOf } from "./definitions.js";
import { isReference, referenceName } from "./references.js";

/** @type {Record<string, string>} */
const NAMES = { status_id: "ticket.status", assignee_id: "ticket.assignee", team_id: "ticket.team", priority: "ticket.priority", tags: "ticket.tags", subject: "new.subject", topic_id: "ticket.topic", type: "ticket.type", cc: "reply.cc", trashed_at: "view.trash", category: "ticket.status" };

/** @param {string} name as the API has it; custom ones as "fields.site" */
export function fieldName(name) {
  if (NAMES[name]) return t(NAMES[name]);
  const id = name.replace(/^fields\./, "");
  return definitionOf(id)?.label || id;
}

/** @type {Record<string, (value: any) => string>} */
const VALUES = {
  status_id: (value) => statusLabel(statusOf(value)),
  category: (value) => (hasText(`status.${value}`) ? t(`status.${value}`) : value),
  assignee_id: (value) => nameOf(agentOf(value) || null),
  team_id: (value) => teamOf(value)?.name || t("view.unknown"),
  topic_id: (value) => topicOf(value)?.label || String(value),
  priority: (value) => priorityName(value),
  type: (value) => t(`type.${value}`),
};

/** @param {string} name @param {any} value @returns {string} */
export function plainValue(name, value) {
  const plain = value && typeof value === "object" && !Array.isArray(value) ? value.label || value.id || JSON.stringify(value) : value;
  if (plain === null || plain === undefined || plain === "") return t("plain.nothing");
  if (VALUES[name]) return VALUES[name](plain);
  const kind = definitionOf(name.replace(/^fields\./, ""));
  if (typeof plain === "boolean") return t(plain ? "plain.yes" : "plain.no");
  if (Array.isArray(plain)) return plain.length ? list(plain.map((each) => optionName(kind, each))) : t("plain.nothing");
  if (kind?.type === "date") return day(plain);
  if (kind && isReference(kind.type)) return referenceName(kind.type, plain);
  return optionName(kind, plain);
}

/** @param {any} kind @param {any} value */
const optionName = (kind, value) => kind?.options?.find((/** @type {any} */ option) => option.id === value)?.label || String(value);
