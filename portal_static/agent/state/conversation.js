/** The ticket that is open: its messages and events, newest page first, kept for a quick way back. */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";
import { keep, tickets } from "./tickets.js";
import { markSeen, seenUntil } from "./seen.js";

/**
 * @typedef {object} Conversation
 * @property {string} id
 * @property {any[]} messages oldest first
 * @property {any[]} planned those that are still to leave, however far back they were written
 * @property {any[]} events
 * @property {string | null} cursor of the page before
 * @property {string} seen time until which this person had seen it
 */

const KEPT = 20;

/** @type {Resource<Conversation>} */
export const conversation = new Resource();

/** @type {Map<string, Conversation>} */
const recent = new Map();

/** Open a ticket by id or number; shows the last known state at once. @param {string} ref */
export function openTicket(ref) {
  const known = [...tickets.value.values()].find((ticket) => ticket.id === ref || String(ticket.number) === ref);
  const past = known && recent.get(known.id);
  if (!past) return conversation.load(() => read(ref));
  conversation.turn += 1;
  conversation.set({ state: "ready", slow: false, data: { ...past, seen: seenUntil(past.id) }, error: null });
  return refreshConversation();
}

export function closeTicket() {
  conversation.reset();
}

/** @param {string} ref @returns {Promise<Conversation>} */
async function read(ref) {
  const { messages, messages_cursor: cursor, planned, events, ...ticket } = await api.get(`/tickets/${ref}`, { include: "messages,planned,events" });
  keep([ticket]);
  const seen = seenUntil(ticket.id);
  if (ticket.last_message) markSeen(ticket.id, ticket.last_message.at);
  return remember({ id: ticket.id, messages, planned, events, cursor, seen });
}

/** Fetch the newest page again and join it with the older ones that are loaded. */
export async function refreshConversation() {
  const now = conversation.data;
  if (!now) return;
  await conversation.refresh(async () => {
    const next = await read(now.id);
    const newest = new Set(next.messages.map((message) => message.id));
    const older = (conversation.data?.messages || []).filter((message) => !newest.has(message.id) && isOlder(message, next));
    return remember({ ...next, seen: now.seen, messages: [...older, ...next.messages], cursor: older.length ? now.cursor : next.cursor });
  });
}

/** @param {any} message @param {Conversation} next */
const isOlder = (message, next) => !next.messages.length || message.created_at < next.messages[0].created_at;

/** Put the page of messages before in front. */
export async function loadEarlier() {
  const now = conversation.data;
  if (!now?.cursor) return;
  const page = await api.get(`/tickets/${now.id}/messages`, { cursor: now.cursor });
  const earlier = [...page.data].sort((a, b) => a.created_at.localeCompare(b.created_at));
  conversation.change((data) => (data.id === now.id ? remember({ ...data, messages: [...earlier, ...data.messages], cursor: page.next_cursor }) : data));
}

/** A message of ours that the server has taken. @param {string} id of the ticket @param {any} message */
export function append(id, message) {
  conversation.change((data) => {
    if (data.id !== id || data.messages.some((each) => each.id === message.id)) return data;
    return remember({ ...data, messages: [...data.messages, message] });
  });
}

/** @param {Conversation} data */
function remember(data) {
  recent.delete(data.id);
  recent.set(data.id, data);
  if (recent.size > KEPT) recent.delete(recent.keys().next().value || "");
  return data;
}
