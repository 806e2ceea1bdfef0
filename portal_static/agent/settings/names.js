/** Who and what the log speaks of, by name as far as this person may know it. */
import { api } from "../../shared/api.js";
import { nameOf } from "../../shared/format.js";
import { hasText, t } from "../../shared/i18n.js";
import { priorityName, statusLabel } from "../../shared/parts/badges.js";
import { may, session } from "../../shared/session.js";
import { Store } from "../../shared/store.js";
import { agentOf, catalogue, teamOf } from "../state/catalogue.js";
import { ticketOf } from "../state/tickets.js";
import { keys, roles, topics } from "./kept.js";
import { meaning, roleName } from "./people.js";
import { plain } from "./plain.js";

/** Customers that were looked up. @type {Store<Map<string, string>>} */
export const customers = new Store(new Map());
const asked = new Set();

/** Look a customer up, once. @param {string} id */
async function lookUp(id) {
  if (asked.has(id) || id === "mail" || !may("people:read")) return; // a mail whose sender was not known yet
  asked.add(id);
  const person = await api.get(`/people/${id}`).catch(() => null);
  if (person) customers.set(new Map(customers.value).set(id, nameOf(person)));
}

/** Numbers of tickets that entries told of. @type {Map<string, number>} */
const numbers = new Map();

/** Learn what entries tell by the way. @param {any[]} entries */
export function learn(entries) {
  for (const { resource, changes } of entries) if (resource.type === "ticket" && changes?.number?.to) numbers.set(resource.id, changes.number.to);
}

/** @param {{type: string, id: string}} actor */
export function actorName({ type, id }) {
  return id === session.value.me?.id ? t("person.you") : ownName({ type, id });
}

/** The same, by name even when it is the reader. @param {{type: string, id: string}} actor */
export function ownName({ type, id }) {
  if (type === "agent") return nameOf(agentOf(id) || null);
  if (type === "key") return t("audit.key", { name: keys.of(id)?.name || id.slice(-6) });
  if (type === "contact") {
    lookUp(id);
    return customers.value.get(id) || t("audit.customer");
  }
  return t("person.lambdesk");
}

/** Is it still there, as far as is known here? @param {{type: string, id: string}} resource */
export function isKnown({ type, id }) {
  return Boolean({ team: teamOf(id), role: roles.of(id), api_key: keys.of(id), person: agentOf(id) }[type]);
}

/** What a thing is called; `told` is the name that an entry tells. @param {{type: string, id: string}} resource @param {string} [told] */
export function resourceName({ type, id }, told = "") {
  const number = type === "ticket" && (ticketOf(id)?.number || numbers.get(id));
  if (number) return `#${number}`;
  const known = { team: teamOf(id)?.name, role: roles.of(id) && roleName(/** @type {any} */ (roles.of(id))), api_key: keys.of(id)?.name, person: agentOf(id) && nameOf(agentOf(id) || null) }[type] || told;
  const kind = hasText(`audit.kind.${type}`) ? t(`audit.kind.${type}`) : type.replaceAll("_", " ");
  return known ? t("audit.named", { kind, name: known }) : kind;
}

/** @type {Record<string, (id: string) => string | undefined>} */
const BY_FIELD = {
  team_id: (id) => teamOf(id)?.name,
  team_ids: (id) => teamOf(id)?.name,
  assignee_id: (id) => nameOf(agentOf(id) || null),
  person_id: (id) => nameOf(agentOf(id) || null),
  created_by: (id) => nameOf(agentOf(id) || null),
  status_id: (id) => statusLabel(catalogue.value.statuses.find((status) => status.id === id) || { id, label: id }),
  hue: (id) => (hasText(`hue.${id}`) ? t(`hue.${id}`) : id),
  topic_id: (id) => topics.of(id)?.label,
  type: (id) => (hasText(`type.${id}`) ? t(`type.${id}`) : id),
  category: (id) => (hasText(`category.${id}`) ? t(`category.${id}`) : id),
  number: (id) => `#${id}`,
  priority: priorityName,
  role: (id) => roleName(/** @type {any} */ (roles.of(id)), id),
  permissions: meaning,
  scopes: meaning,
  sees: (id) => (hasText(`sight.${id}`) ? t(`sight.${id}`) : id),
};

/** A value of a field in words. @param {string} field @param {any} value */
export function valueName(field, value) {
  const name = BY_FIELD[field];
  const id = value && typeof value === "object" && !Array.isArray(value) ? value.id : value;
  if (!name || id === null || id === undefined || id === "") return plain(value);
  return Array.isArray(id) ? plain(id.map((each) => name(each) || each)) : name(String(id)) || plain(value);
}
