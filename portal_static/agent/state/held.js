/** Replies that the server holds back, most for some seconds: until when, by this page's clock, and how to take them back. */
import { api } from "../../shared/api.js";
import { weekdayTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { Store } from "../../shared/store.js";
import { stored } from "../../shared/uploads.js";
import { conversation, refreshConversation } from "./conversation.js";
import { keep } from "./tickets.js";

const LATE = 1_500; // ms after the time at which the desk asks what became of it

/** @typedef {{id: string, ticket: string, due: number, total: number, later: boolean, taking: boolean, entry: any}} Held */

/** @type {Store<Map<string, Held>>} */
export const held = new Store(new Map());

/** @param {any} message as the server answered just now @param {any} entry what was sent, for the editor */
export function hold(message, entry) {
  const total = Math.max(0, Date.parse(message.delivery.until) - Date.parse(message.created_at)) || 10_000;
  const later = Boolean(message.delivery.later);
  const known = { id: message.id, ticket: entry.ticket, due: Date.now() + total, total, later, taking: false, entry };
  held.set(new Map(held.value).set(message.id, known));
  if (later) say({ text: t("later.done", { time: weekdayTime(message.delivery.until) }), action: { label: t("action.undo"), keys: "z", run: () => takeBack(entry.ticket, message.id) } });
  else setTimeout(() => settle(message.id), total + LATE);
}

/** How long until it goes out, in ms; null when this page cannot tell. @param {any} message */
export function timeLeft(message) {
  const known = held.value.get(message.id);
  const due = known ? known.due : Date.parse(message.delivery.until);
  return { left: Math.max(0, due - Date.now()), total: known?.total || 10_000 };
}

/** The newest reply that leaves in seconds and can still be taken back. */
export const newestHeld = () => [...held.value.values()].findLast((each) => !each.taking && !each.later && each.due > Date.now());

/** Its time is over: forget it, and look what became of it. @param {string} id */
async function settle(id) {
  if (!forget(id)) return;
  if (conversation.data?.messages.some((message) => message.id === id)) await refreshConversation();
}

/** @param {string} id */
function forget(id) {
  const next = new Map(held.value);
  if (!next.delete(id)) return false;
  held.set(next);
  return true;
}

/** Take a reply back: the text returns to the editor, the ticket to what it was. @param {string} ticket id @param {string} id of the message @param {string} [gone] the words for one that does not wait any more */
export async function takeBack(ticket, id, gone = t("outbox.gone")) {
  const known = held.value.get(id);
  if (known) held.set(new Map(held.value).set(id, { ...known, taking: true }));
  try {
    const message = await api.delete(`/tickets/${ticket}/messages/${id}/sending`);
    forget(id);
    const entry = known?.entry || { ticket, kind: "reply", body: { body_html: message.body_html, cc: message.cc }, files: (message.attachments || []).filter((/** @type {any} */ file) => !file.inline).map(stored) };
    (await import("./outbox.js")).bringBack({ ...entry, ticket });
    keep([await api.get(`/tickets/${ticket}`)]);
  } catch (error) {
    const { status, detail } = /** @type {any} */ (error);
    if (known) held.set(new Map(held.value).set(id, { ...known, taking: false }));
    say({ bad: true, text: status === 409 ? gone : t("undo.failed", { reason: status ? detail : t("change.offline") }) });
  }
  if (conversation.data?.id === ticket) await refreshConversation();
}
