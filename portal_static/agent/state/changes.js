/** Changes of a ticket: shown at once, confirmed behind, rolled back with a sentence when refused. */
import { api } from "../../shared/api.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { priorityName, statusLabel } from "../../shared/parts/badges.js";
import { say } from "../../shared/parts/toast.js";
import { prefer } from "../../shared/prefs.js";
import { session } from "../../shared/session.js";
import { agentOf, statusOf, teamOf } from "./catalogue.js";
import { definitionsRead } from "./definitions.js";
import { keep, show, ticketOf } from "./tickets.js";
import { hasColumn, ui } from "./ui.js";
import { offerUndo } from "./undo.js";
import { fieldName } from "./words.js";

/** @typedef {import("./tickets.js").Ticket} Ticket */
/** @typedef {{tried: string, done: string}} Words what is said when it failed, and when it was done */

/** One write at a time per ticket, so that each builds on the version the last one made. @type {Map<string, Promise<void>>} */
const queues = new Map();

/** @param {string} id @param {string | null} person */
export function assign(id, person) {
  const name = person === session.value.me?.id ? t("person.to_you") : person ? nameOf(agentOf(person) || null) : "";
  const words = name ? { tried: t("change.assign", { name }), done: t("done.assign", { name }) } : { tried: t("change.unassign"), done: t("done.unassign") };
  return change(id, { assignee_id: person }, { assignee_id: person }, words);
}

/** @param {string} id @param {string} status */
export function setStatus(id, status) {
  const next = statusOf(status);
  const shown = { status: { id: next.id, label: next.label, category: next.category } };
  const words = { tried: t("change.status", { status: statusLabel(next) }), done: t("done.status", { status: statusLabel(next) }) };
  return change(id, { status_id: status }, shown, words);
}

/** @param {string} id @param {string} priority */
export function setPriority(id, priority) {
  const name = { priority: priorityName(priority) };
  return change(id, { priority }, { priority }, { tried: t("change.priority", name), done: t("done.priority", name) });
}

/** @param {string} id @param {string | null} team */
export function setTeam(id, team) {
  const name = { team: teamOf(team)?.name || t("ticket.no_team") };
  return change(id, { team_id: team }, { team_id: team }, { tried: t("change.team", name), done: t("done.team", name) });
}

/** @param {string} id @param {string} tag */
export function addTag(id, tag) {
  const tags = ticketOf(id)?.tags || [];
  if (tags.includes(tag)) return;
  return change(id, { tags: { add: [tag], remove: [] } }, { tags: [...tags, tag] }, { tried: t("change.tag", { tag }), done: t("done.tag", { tag }) });
}

/** @param {string} id @param {string} tag */
export function removeTag(id, tag) {
  const tags = (ticketOf(id)?.tags || []).filter((each) => each !== tag);
  return change(id, { tags: { add: [], remove: [tag] } }, { tags }, { tried: t("change.untag", { tag }), done: t("done.untag", { tag }) });
}

/** @param {string} id @param {string} subject */
export const setSubject = (id, subject) => change(id, { subject }, { subject }, { tried: t("change.subject"), done: t("done.subject") });

/** A property that the panel edits; what is refused is thrown, for it belongs to the field. @param {string} id @param {Record<string, any>} patch @param {string} name */
export async function setProperty(id, patch, name) {
  const version = ticketOf(id)?.version;
  const ticket = await attempt(id, patch);
  keep([ticket]);
  if (ticket.version !== version) offerUndo(`${t("done.field", { field: name })} · #${ticket.number}`, id, ticket.version);
}

/**
 * @param {string} id @param {Record<string, any>} patch for the API
 * @param {Partial<Ticket>} shown the same as the ticket will look @param {Words} words
 */
function change(id, patch, shown, words) {
  const before = ticketOf(id);
  if (!before) return Promise.resolve();
  show(id, shown);
  const turn = (queues.get(id) || Promise.resolve()).then(() => write(id, patch, shown, before, words));
  queues.set(id, turn);
  return turn;
}

/** @param {string} id @param {any} patch @param {any} shown @param {any} before @param {Words} words */
async function write(id, patch, shown, before, words) {
  try {
    const ticket = await attempt(id, patch);
    keep([ticket]);
    if (ticket.version !== before.version) offerUndo(`${words.done} · #${before.number}`, id, ticket.version);
    if (ticket.open_incidents) offerIncidents(ticket);
  } catch (error) {
    const old = Object.fromEntries(Object.keys(shown).map((field) => [field, before[field]]));
    show(id, old);
    const current = /** @type {any} */ (error).problem?.current;
    if (current) keep([current]);
    const wanted = /** @type {any} */ (error).errors?.find((/** @type {any} */ each) => each.pointer.startsWith("/fields/"))?.pointer.slice(8);
    if (wanted) return askFor(wanted, words, before);
    say({ bad: true, text: t("change.failed", { words: words.tried, number: String(before.number), reason: reasonOf(error) }) });
  }
}

/** A field must be filled first: lead to it. @param {string} id @param {Words} words @param {Ticket} ticket */
async function askFor(id, words, ticket) {
  await definitionsRead();
  const reason = t("change.needs", { field: fieldName(`fields.${id}`) });
  const run = () => {
    hasColumn() ? prefer({ panel: true }) : ui.merge({ over: true });
    setTimeout(() => document.dispatchEvent(new CustomEvent("fill-field", { detail: id })), 50);
  };
  say({ bad: true, text: t("change.failed", { words: words.tried, number: String(ticket.number), reason }), action: { label: t("change.fill_in"), run } });
}

/** The incidents of a problem that was just solved may be solved with it. @param {Ticket} ticket */
const offerIncidents = (ticket) => import("../relations/incidents.js").then(({ askForIncidents }) => askForIncidents(ticket));

/** Patch; when only other fields have changed meanwhile, once more on top of those. @param {string} id @param {any} patch */
async function attempt(id, patch) {
  try {
    return await api.patch(`/tickets/${id}`, patch, { ifMatch: ticketOf(id)?.version });
  } catch (error) {
    const { status, problem } = /** @type {any} */ (error);
    const touched = Object.keys(patch);
    if (status !== 412 || problem.differing?.some((/** @type {string} */ field) => touched.includes(field))) throw error;
    return api.patch(`/tickets/${id}`, patch, { ifMatch: problem.current.version });
  }
}

/** @param {any} error */
function reasonOf(error) {
  if (error.status === 0) return t("change.offline");
  if (error.status === 412) return t("change.stale");
  if (error.status === 409 && error.problem?.legal) {
    const names = error.problem.legal.map((/** @type {string} */ id) => statusLabel(statusOf(id)));
    return names.length ? t("change.legal", { names: names.join(", ") }) : t("change.no_way");
  }
  return error.errors?.[0]?.message || error.detail || t("state.failed.text");
}
