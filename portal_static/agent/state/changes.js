/** Changes of a ticket: shown at once, confirmed behind, rolled back with a sentence when refused. */
import { api } from "../../shared/api.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { statusLabel } from "../../shared/parts/badges.js";
import { say } from "../../shared/parts/toast.js";
import { session } from "../../shared/session.js";
import { agentOf, statusOf, teamOf } from "./catalogue.js";
import { keep, show, ticketOf } from "./tickets.js";

/** @typedef {import("./tickets.js").Ticket} Ticket */

/** One write at a time per ticket, so that each builds on the version the last one made. @type {Map<string, Promise<void>>} */
const queues = new Map();

/** @param {string} id @param {string | null} person */
export function assign(id, person) {
  const name = person === session.value.me?.id ? t("person.to_you") : person ? nameOf(agentOf(person) || null) : "";
  return change(id, { assignee_id: person }, { assignee_id: person }, name ? t("change.assign", { name }) : t("change.unassign"));
}

/** @param {string} id @param {string} status */
export function setStatus(id, status) {
  const next = statusOf(status);
  const shown = { status: { id: next.id, label: next.label, category: next.category } };
  return change(id, { status_id: status }, shown, t("change.status", { status: statusLabel(next) }));
}

/** @param {string} id @param {string} priority */
export const setPriority = (id, priority) =>
  change(id, { priority }, { priority }, t("change.priority", { priority: t(`priority.${priority}`) }));

/** @param {string} id @param {string | null} team */
export const setTeam = (id, team) =>
  change(id, { team_id: team }, { team_id: team }, t("change.team", { team: teamOf(team)?.name || t("ticket.no_team") }));

/** @param {string} id @param {string} tag */
export function addTag(id, tag) {
  const tags = ticketOf(id)?.tags || [];
  if (tags.includes(tag)) return;
  return change(id, { tags: { add: [tag], remove: [] } }, { tags: [...tags, tag] }, t("change.tag", { tag }));
}

/** @param {string} id @param {string} tag */
export function removeTag(id, tag) {
  const tags = (ticketOf(id)?.tags || []).filter((each) => each !== tag);
  return change(id, { tags: { add: [], remove: [tag] } }, { tags }, t("change.untag", { tag }));
}

/** @param {string} id @param {string} subject */
export const setSubject = (id, subject) => change(id, { subject }, { subject }, t("change.subject"));

/**
 * @param {string} id @param {Record<string, any>} patch for the API
 * @param {Partial<Ticket>} shown the same as the ticket will look @param {string} words what was tried
 */
function change(id, patch, shown, words) {
  const before = ticketOf(id);
  if (!before) return Promise.resolve();
  show(id, shown);
  const turn = (queues.get(id) || Promise.resolve()).then(() => write(id, patch, shown, before, words));
  queues.set(id, turn);
  return turn;
}

/** @param {string} id @param {any} patch @param {any} shown @param {any} before @param {string} words */
async function write(id, patch, shown, before, words) {
  try {
    keep([await attempt(id, patch)]);
  } catch (error) {
    const old = Object.fromEntries(Object.keys(shown).map((field) => [field, before[field]]));
    show(id, old);
    const current = /** @type {any} */ (error).problem?.current;
    if (current) keep([current]);
    say({ bad: true, text: t("change.failed", { words, number: String(before.number), reason: reasonOf(error) }) });
  }
}

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
  return error.detail || t("state.failed.text");
}
