/** Every ticket this page knows, by id: one copy, so that list and conversation never disagree. */
import { Store } from "../../shared/store.js";

/**
 * @typedef {object} Ticket
 * @property {string} id
 * @property {number} number
 * @property {string} subject
 * @property {{id: string, label: string, category: string}} status
 * @property {string} priority
 * @property {{id: string, name: string, email: string}} requester
 * @property {string | null} assignee_id
 * @property {string | null} team_id
 * @property {string[]} tags
 * @property {string[]} cc
 * @property {string} channel
 * @property {string | null} [mailbox_id]
 * @property {string} snippet
 * @property {number} message_count
 * @property {boolean} has_attachments
 * @property {{kind: string, at: string} | null} last_message
 * @property {number} version
 * @property {string | null} [trashed_at]
 * @property {import("./promises.js").Sla | null} [sla]
 * @property {{until: string | null, on_reply: boolean} | null} [snooze]
 * @property {string | null} [company_id]
 * @property {string | null} [topic_id]
 * @property {string | null} [type]
 * @property {Record<string, any>} [fields]
 * @property {{asked: string[], required: string[], read_only: string[]}} [field_rules]
 * @property {string[]} [followers]
 * @property {string | null} [merged_into]
 * @property {string[]} [merged_from]
 * @property {number} [open_side_conversations]
 * @property {number | null} [open_incidents]
 * @property {string} created_at
 * @property {string} updated_at
 */

/** @type {Store<Map<string, Ticket>>} */
export const tickets = new Store(new Map());

/** @param {string} id */
export const ticketOf = (id) => tickets.value.get(id);

/** Keep tickets; an older version never replaces a newer one. @param {Ticket[]} list */
export function keep(list) {
  const next = new Map(tickets.value);
  for (const ticket of list) {
    const known = next.get(ticket.id);
    if (!known || known.version <= ticket.version) next.set(ticket.id, { ...known, ...ticket });
  }
  tickets.set(next);
}

/** Show a change before the server has agreed. @param {string} id @param {Partial<Ticket>} change */
export function show(id, change) {
  const known = tickets.value.get(id);
  if (known) tickets.set(new Map(tickets.value).set(id, { ...known, ...change }));
}
