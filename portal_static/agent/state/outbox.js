/**
 * Messages on their way out. A reply waits ten seconds, so that it can be taken back; it is sent early when the
 * page goes away, and once more at the next visit if that failed: the idempotency key makes two tries one message.
 */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { Store } from "../../shared/store.js";
import { append } from "./conversation.js";
import { keepDraft } from "./drafts.js";
import { keep } from "./tickets.js";

const GRACE = 10_000; // ms
const LEFTOVER = 20_000; // ms past its time after which another page's message counts as stranded
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
 * @property {number} due ms
 * @property {"waiting" | "sending" | "failed"} state
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
  const now = message.kind === "note";
  const entry = { ...message, key: crypto.randomUUID(), due: Date.now() + (now ? 0 : GRACE), state: /** @type {const} */ ("waiting") };
  outbox.set([...outbox.value, entry]);
  if (now) deliver(entry.key);
  else setTimeout(() => isWaiting(entry.key) && deliver(entry.key), GRACE);
  return entry;
}

/** Take the newest waiting message back into the draft. @param {string} [key] */
export function unsend(key) {
  const entry = outbox.value.findLast((each) => (key ? each.key === key && each.state !== "sending" : each.state === "waiting"));
  if (!entry) return null;
  drop(entry.key);
  keepDraft(entry.ticket, entry.kind, entry.body.body_html);
  document.dispatchEvent(new CustomEvent("draft-returned", { detail: entry }));
  return entry;
}

/** Send now. @param {string} key @param {{keepalive?: boolean}} [options] */
export async function deliver(key, { keepalive = false } = {}) {
  const entry = outbox.value.find((each) => each.key === key);
  if (!entry || entry.state === "sending") return;
  mark(key, { state: "sending" });
  try {
    const message = await api.post(`/tickets/${entry.ticket}/messages`, entry.body, { key, keepalive });
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
  const reason = unreached ? t("outbox.offline") : error.detail || t("state.failed.text");
  mark(key, { state: "failed", reason, unreached });
  if (!unreached) say({ bad: true, text: t("outbox.failed", { reason }), action: { label: t("action.retry"), run: () => deliver(key) } });
}

/** The server answers again: send what did not reach it. */
export function resend() {
  for (const entry of outbox.value) if (entry.state === "failed" && entry.unreached) deliver(entry.key);
}

/** Send everything that still waits: the page is going away. */
export function flush() {
  for (const entry of outbox.value) if (entry.state === "waiting") deliver(entry.key, { keepalive: true });
}

/** Messages that an earlier page could not send. */
export function collectStranded() {
  for (const entry of stranded()) {
    if (Date.now() - entry.due > TOO_OLD) {
      keepDraft(entry.ticket, entry.kind, entry.body.body_html);
      continue;
    }
    outbox.set([...outbox.value, { ...entry, state: "waiting" }]);
    deliver(entry.key);
  }
}

/** @param {string} key */
const isWaiting = (key) => outbox.value.some((each) => each.key === key && each.state === "waiting");

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
    if (entries.some((entry) => Date.now() - entry.due < LEFTOVER)) return [];
    localStorage.removeItem(place);
    return entries;
  });
}
