/** What may complete a search: conditions of the grammar, tickets, people and tags. */
import { api } from "../../shared/api.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { priorityBadge, priorityName, statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar, teamDot } from "../../shared/parts/people.js";
import { quoted } from "../state/asked.js";
import { catalogue, PRIORITIES } from "../state/catalogue.js";

/**
 * @typedef {object} Suggestion
 * @property {any} icon
 * @property {string} label
 * @property {string} [hint]
 * @property {string} [head] a caption above
 * @property {string} [text] of the field then
 * @property {boolean} [whole] nothing needs to be added
 * @property {number} [ticket] number to open
 */

const FIELDS = ["status", "priority", "assignee", "team", "tag", "category", "channel", "created", "updated", "due", "subject", "company", "topic", "attachments", "snoozed", "unmatched", "language", "follower"];
const MOST = 6;

/** @param {string} text @param {number} caret @returns {Promise<Suggestion[]>} */
export async function suggestions(text, caret) {
  const start = text.slice(0, caret).search(/[^\s(]*$/);
  const word = text.slice(start, caret);
  const put = (/** @type {string} */ made) => `${text.slice(0, start)}${made}${text.slice(caret)}`;
  const local = conditions(word.replace(/^-/, ""), (made) => put((word.startsWith("-") ? "-" : "") + made));
  const asked = text.trim();
  if (asked.length < 2 || asked.includes(":")) return local;
  const found = await api.get("/search/suggest", { q: asked }).catch(() => ({ tickets: [], people: [], tags: [] }));
  return [...tickets(found.tickets), ...people(found.people), ...tags(found.tags, put), ...local];
}

/** @param {string} word @param {(made: string) => string} put @returns {Suggestion[]} */
function conditions(word, put) {
  const [, field, begun] = word.match(/^(\w+):(.*)$/) || [];
  if (field) return values(field, begun.toLocaleLowerCase(), put);
  if (!word) return [];
  const hits = FIELDS.filter((each) => each.startsWith(word.toLowerCase()) && each !== word.toLowerCase()).slice(0, 4);
  return hits.map((each, at) => ({ icon: icon("filter"), label: `${each}:`, hint: t(`search.field.${each}`), head: at ? undefined : t("search.conditions"), text: put(`${each}:`) }));
}

/** @param {string} field @param {string} begun @param {(made: string) => string} put @returns {Suggestion[]} */
function values(field, begun, put) {
  const all = (CHOICES[field] || (() => []))();
  const hits = all.filter(({ id, label }) => label.toLocaleLowerCase().includes(begun) || id.toLowerCase().startsWith(begun)).slice(0, 8);
  return hits.map((each, at) => ({ icon: each.icon, label: each.label, hint: `${field}:${each.id}`.slice(0, 24), head: at ? undefined : t("search.conditions"), text: put(`${field}:${quoted(each.id)} `), whole: true }));
}

/** @type {Record<string, () => {id: string, label: string, icon: any}[]>} */
const CHOICES = {
  status: () => catalogue.value.statuses.map((status) => ({ id: status.id, label: statusLabel(status), icon: statusIcon(status.category) })),
  category: () => ["active", "new", "open", "waiting", "on_hold", "solved", "closed"].map((id) => ({ id, label: t(id === "active" ? "search.active" : `status.${id}`), icon: statusIcon(id) })),
  priority: () => PRIORITIES.map((id) => ({ id, label: priorityName(id), icon: priorityBadge(id, { word: false }) })),
  assignee: () => [
    { id: "me", label: t("person.you"), icon: icon("user") },
    { id: "none", label: t("ticket.nobody"), icon: icon("user") },
    ...catalogue.value.staff.map((person) => ({ id: person.id, label: nameOf(person), icon: avatar(nameOf(person), 20) })),
  ],
  team: () => [...catalogue.value.teams.map((team) => ({ id: team.id, label: team.name, icon: teamDot(team.hue, team.name) })), { id: "none", label: t("ticket.no_team"), icon: icon("x") }],
  tag: () => catalogue.value.tags.map((tag) => ({ id: tag, label: tag, icon: icon("tag") })),
  channel: () => ["mail", "portal", "api", "agent"].map((id) => ({ id, label: t(`channel.${id}`), icon: icon("mail") })),
  attachments: () => yesNo(),
  snoozed: () => yesNo(),
  unmatched: () => yesNo(),
};

const yesNo = () => ["true", "false"].map((id) => ({ id, label: t(id === "true" ? "plain.yes" : "plain.no"), icon: icon("check") }));

/** @param {{number: number, subject: string}[]} found @returns {Suggestion[]} */
const tickets = (found) =>
  found.slice(0, MOST).map((each, at) => ({ icon: icon("mail"), label: each.subject || t("ticket.no_subject"), hint: `#${each.number}`, head: at ? undefined : t("search.tickets"), ticket: each.number }));

/** @param {{name: string, email: string, id: string}[]} found @returns {Suggestion[]} */
const people = (found) =>
  found.slice(0, MOST).map((each, at) => ({
    icon: avatar(nameOf(each), 20), label: nameOf(each), hint: each.name ? each.email : "", head: at ? undefined : t("search.people"), text: each.email || `requester:${each.id}`, whole: true,
  }));

/** @param {{id: string, count: number}[]} found @param {(made: string) => string} put @returns {Suggestion[]} */
const tags = (found, put) =>
  found.slice(0, MOST).map((each, at) => ({ icon: icon("tag"), label: each.id, hint: t("list.count", { n: each.count }), head: at ? undefined : t("search.tags"), text: put(`tag:${quoted(each.id)} `), whole: true }));
