/** The tickets of the view or search that is open: pages by cursor, and arrivals that wait until they disturb nobody. */
import { api } from "../../shared/api.js";
import { Store } from "../../shared/store.js";
import { SEARCH } from "../router.js";
import { askedHere } from "./asked.js";
import { conversation } from "./conversation.js";
import { pageOf } from "./pages.js";
import { keep, ticketOf } from "./tickets.js";
import { belongs, isKept, viewOf } from "./views.js";

const PATIENCE = 150; // ms before the skeleton
const STRAYS = 20; // changed tickets fetched one by one at most

const EMPTY = {
  view: "", sort: "", q: "", filter: "", kind: "", ids: /** @type {string[]} */ ([]), cursor: /** @type {string | null} */ (null),
  state: "idle", slow: false, error: /** @type {any} */ (null), more: false, fresh: /** @type {string[]} */ ([]),
  scrolled: false, total: /** @type {number | null} */ (null), facets: /** @type {Record<string, {value: string, count: number}[]>} */ ({}),
  others: /** @type {any[]} */ ([]), marks: /** @type {Record<string, any>} */ ({}),
};

export const list = new Store(EMPTY);

let turn = 0;

/** Is this what the list shows? @param {string} view */
export function isOpen(view) {
  const { view: open, q, filter, kind } = list.value;
  if (view !== open) return false;
  const asked = askedBy(view);
  return asked.q === q && asked.filter === filter && asked.kind === kind;
}

/** @param {string} view */
const askedBy = (view) => (view === SEARCH ? askedHere() : { q: "", filter: "", kind: "" });

/** @param {string} view @param {string} [sort] "" is the view's own */
export async function openView(view, sort = "") {
  const mine = ++turn;
  list.set({ ...EMPTY, ...askedBy(view), view, sort, state: "loading" });
  setTimeout(() => mine === turn && list.value.state === "loading" && list.merge({ slow: true }), PATIENCE);
  try {
    const page = await pageOf(list.value);
    if (mine !== turn) return;
    keep(page.tickets);
    list.merge({ ...page.beside, ids: idsOf(page), cursor: page.cursor, state: "ready" });
  } catch (error) {
    if (mine === turn) list.merge({ state: "failed", error });
  }
}

export async function loadMore() {
  const { cursor, more, state } = list.value;
  if (!cursor || more || state !== "ready") return;
  const mine = turn;
  list.merge({ more: true });
  try {
    const page = await pageOf(list.value, cursor);
    if (mine !== turn) return;
    keep(page.tickets);
    const marks = { ...list.value.marks, ...page.beside.marks };
    list.merge({ ids: [...new Set([...list.value.ids, ...idsOf(page)])], marks, cursor: page.cursor, more: false });
  } catch {
    if (mine === turn) list.merge({ more: false });
  }
}

/** Take in what has changed on the server. @param {Set<string>} changed ids of tickets */
export async function freshen(changed) {
  if (list.value.state !== "ready") return;
  const mine = turn;
  if (list.value.view === SEARCH) return fetchStrays([...changed].filter((id) => list.value.ids.includes(id)));
  const page = await pageOf(list.value);
  if (mine !== turn) return;
  keep(page.tickets);
  const head = idsOf(page);
  const arrived = arrivals(head);
  const strays = [...changed].filter((id) => list.value.ids.includes(id) && !head.includes(id));
  await fetchStrays(strays);
  if (mine !== turn) return;
  const left = isKept(viewOf(list.value.view)) ? new Set(strays) : new Set(); // only the server knows what a kept view holds
  if (resting()) settle(head, left);
  else list.merge({ ids: list.value.ids.filter((id) => stays(id, left)), fresh: newestFirst() ? arrived : [] });
}

/** New ones come at the top only in these orders. */
const newestFirst = () => (list.value.sort || viewOf(list.value.view)?.sort || "-updated_at").startsWith("-");

/** New ones stand before known ones; what stands after the last known has only moved up a page. @param {string[]} head */
function arrivals(head) {
  const known = new Set([...list.value.ids, conversation.data?.id]);
  const last = head.findLastIndex((id) => known.has(id));
  return head.slice(0, last < 0 ? head.length : last).filter((id) => !known.has(id));
}

/** Tickets that changed but are not on the first page any more. @param {string[]} ids */
async function fetchStrays(ids) {
  const found = await Promise.all(ids.slice(0, STRAYS).map((id) => api.get(`/tickets/${id}`).catch(() => null)));
  keep(found.filter(Boolean));
}

/** Nothing is open and the list is at its top: rows may move. */
const resting = () => !list.value.scrolled && conversation.value.state === "idle";

/** @param {string[]} head ids as the server orders them now @param {Set<string>} left */
function settle(head, left) {
  const rest = list.value.ids.filter((id) => !head.includes(id));
  list.merge({ ids: [...head, ...rest].filter((id) => stays(id, left)), fresh: [] });
}

/** Show the arrivals that wait. */
export function showFresh() {
  const { fresh, ids } = list.value;
  list.merge({ ids: [...fresh, ...ids.filter((id) => !fresh.includes(id))], fresh: [] });
}

/** @param {string} id @param {Set<string>} [left] */
function stays(id, left = new Set()) {
  const ticket = ticketOf(id);
  if (!ticket) return false;
  return id === conversation.data?.id || (!left.has(id) && belongs(viewOf(list.value.view), ticket));
}

/** The ticket before or after one in the list. @param {string} id @param {1 | -1} step */
export function neighbour(id, step) {
  const { ids } = list.value;
  const at = ids.indexOf(id);
  return ticketOf(ids[at < 0 ? (step > 0 ? 0 : ids.length - 1) : at + step]);
}

/** @param {{tickets: {id: string}[]}} page */
const idsOf = (page) => page.tickets.map((ticket) => ticket.id);
