/**
 * Messages on their way out. A reply goes to the server at once, which holds it for ten seconds, so that it can be
 * taken back, or until the time that it says; what could not be sent stays here and is tried again: the idempotency key makes two tries one message.
 */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { Store } from "../../shared/store.js";
import { append } from "./conversation.js";
import { draftOf, keepDraft } from "./drafts.js";
import { hold } from "./held.js";
import { keep } from "./tickets.js";

const GRACE = 10; // seconds
const LARGE = 50_000; // characters that a request which outlives its page cannot have
const LEFTOVER = 20_000; // ms after which another page's message counts as stranded
const TOO_OLD = 12 * 3_600_000; // ms after which a stranded message becomes a draft again
const PREFIX = "lambdesk.outbox.";
const PLACE = PREFIX + crypto.randomUUID(); // of this page; others keep theirs

/**
 * @typedef {object} Outgoing
 * @property {string} key idempotency key
 * @property {string} ticket id
 * @property {string} to name, for the words
 * @property {"reply" | "note"} kind
 * @property {Record<string, any>} body as the API takes it
 * @property {any[]} files for drawing
 * @property {number} at ms
 * @property {"sending" | "failed"} state
 * @property {string} [reason]
 * @property {boolean} [unreached] it failed because the server could not be reached
 */

export const outbox = new Store(/** @type {Outgoing[]} */ ([]));

/** Files under way cannot outlive the page; their ids are in the body. */
outbox.watch((waiting) => {
  if (waiting.length) localStorage.setItem(PLACE, JSON.stringify(waiting, (name, value) => (name === "files" ? [] : value)));
  else localStorage.removeItem(PLACE);
});

/** @param {Pick<Outgoing, "ticket" | "to" | "kind" | "body" | "files">} message */
export function post(message) {
  const body = message.kind === "reply" && !message.body.send_at ? { ...message.body, undo_seconds: GRACE } : message.body;
  const entry = { ...message, body, key: crypto.randomUUID(), at: Date.now(), state: /** @type {const} */ ("failed") };
  outbox.set([...outbox.value, entry]);
  deliver(entry.key);
  return entry;
}

/** Make a draft again of a message that was not sent. @param {string} key */
export function unsend(key) {
  const entry = outbox.value.find((each) => each.key === key && each.state === "failed");
  if (!entry) return null;
  drop(entry.key);
  bringBack(entry);
  return entry;
}

/** The text goes back to where it was written, above what is written there by now. @param {{ticket: string, kind: "reply" | "note", body: Record<string, any>, files: any[]}} entry */
export function bringBack(entry) {
  document.dispatchEvent(new CustomEvent("draft-returned", { detail: entry })); // an open editor keeps what it has
  keepDraft(entry.ticket, entry.kind, entry.body.body_html + draftOf(entry.ticket)[entry.kind]);
}

/** Send now. @param {string} key */
export async function deliver(key) {
  const entry = outbox.value.find((each) => each.key === key);
  if (!entry || entry.state === "sending") return;
  mark(key, { state: "sending" });
  try {
    const keepalive = (entry.body.body_html || "").length < LARGE;
    const message = await api.post(`/tickets/${entry.ticket}/messages`, entry.body, { key, keepalive });
    if (message.delivery.status === "held") hold(message, entry);
    append(entry.ticket, message);
    drop(key);
    keep([await api.get(`/tickets/${entry.ticket}`)]);
  } catch (error) {
    fail(key, /** @type {any} */ (error));
  }
}

/** @param {string} key @param {any} error */
function fail(key, error) {
  if (!outbox.value.some((each) => each.key === key)) return;
  const unreached = error.status === 0;
  const reason = unreached ? t("outbox.offline") : error.errors?.[0]?.message || error.detail || t("state.failed.text");
  mark(key, { state: "failed", reason, unreached });
  if (!unreached) say({ bad: true, text: t("outbox.failed", { reason }), action: { label: t("action.retry"), run: () => deliver(key) } });
}

/** The server answers again: send what did not reach it. */
export function resend() {
  for (const entry of outbox.value) if (entry.state === "failed" && entry.unreached) deliver(entry.key);
}

/** Messages that an earlier page could not send. */
export function collectStranded() {
  for (const entry of stranded()) {
    if (Date.now() - entry.at > TOO_OLD) {
      keepDraft(entry.ticket, entry.kind, entry.body.body_html);
      continue;
    }
    outbox.set([...outbox.value, { ...entry, state: "failed" }]);
    deliver(entry.key);
  }
}

/** @param {string} key @param {Partial<Outgoing>} change */
function mark(key, change) {
  outbox.set(outbox.value.map((each) => (each.key === key ? { ...each, ...change } : each)));
}

/** @param {string} key */
function drop(key) {
  outbox.set(outbox.value.filter((each) => each.key !== key));
}

/** Takes the messages of pages that are gone. @returns {Outgoing[]} */
function stranded() {
  const places = Object.keys(localStorage).filter((place) => place.startsWith(PREFIX) && place !== PLACE);
  return places.flatMap((place) => {
    const entries = /** @type {Outgoing[]} */ (JSON.parse(localStorage.getItem(place) || "[]"));
    if (entries.some((entry) => Date.now() - entry.at < LEFTOVER)) return [];
    localStorage.removeItem(place);
    return entries;
  });
}
