/** The tickets of the view that is open: pages by cursor, and arrivals that wait until they disturb nobody. */
import { api } from "../../shared/api.js";
import { Store } from "../../shared/store.js";
import { conversation } from "./conversation.js";
import { keep, ticketOf } from "./tickets.js";
import { belongs, viewOf } from "./views.js";

const PAGE = 50;
const PATIENCE = 150; // ms before the skeleton
const STRAYS = 20; // changed tickets fetched one by one at most

const EMPTY = {
  view: "", sort: "-updated_at", ids: /** @type {string[]} */ ([]), cursor: /** @type {string | null} */ (null),
  state: "idle", slow: false, error: /** @type {any} */ (null), more: false, fresh: /** @type {string[]} */ ([]),
  scrolled: false,
};

export const list = new Store(EMPTY);

let turn = 0;

/** @param {string | null} [cursor] */
function read(cursor) {
  const { view, sort } = list.value;
  return api.get("/tickets", { view, sort, limit: PAGE, cursor });
}

/** @param {string} view @param {string} [sort] */
export async function openView(view, sort = list.value.sort) {
  const mine = ++turn;
  list.set({ ...EMPTY, view, sort, state: "loading" });
  setTimeout(() => mine === turn && list.value.state === "loading" && list.merge({ slow: true }), PATIENCE);
  try {
    const page = await read();
    if (mine !== turn) return;
    keep(page.data);
    list.merge({ ids: idsOf(page), cursor: page.next_cursor, state: "ready" });
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
    const page = await read(cursor);
    if (mine !== turn) return;
    keep(page.data);
    list.merge({ ids: [...new Set([...list.value.ids, ...idsOf(page)])], cursor: page.next_cursor, more: false });
  } catch {
    if (mine === turn) list.merge({ more: false });
  }
}

/** Take in what has changed on the server. @param {Set<string>} changed ids of tickets */
export async function freshen(changed) {
  if (list.value.state !== "ready") return;
  const mine = turn;
  const page = await read();
  if (mine !== turn) return;
  keep(page.data);
  const arrived = arrivals(idsOf(page));
  await fetchStrays([...changed].filter((id) => list.value.ids.includes(id) && !idsOf(page).includes(id)));
  if (mine !== turn) return;
  if (resting()) settle(idsOf(page));
  else list.merge({ ids: list.value.ids.filter(stays), fresh: list.value.sort.startsWith("-") ? arrived : [] });
}

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

/** @param {string[]} head ids as the server orders them now */
function settle(head) {
  const rest = list.value.ids.filter((id) => !head.includes(id));
  list.merge({ ids: [...head, ...rest].filter(stays), fresh: [] });
}

/** Show the arrivals that wait. */
export function showFresh() {
  const { fresh, ids } = list.value;
  list.merge({ ids: [...fresh, ...ids.filter((id) => !fresh.includes(id))], fresh: [] });
}

/** @param {string} id */
function stays(id) {
  const ticket = ticketOf(id);
  if (!ticket) return false;
  return id === conversation.data?.id || belongs(viewOf(list.value.view), ticket);
}

/** The ticket before or after one in the list. @param {string} id @param {1 | -1} step */
export function neighbour(id, step) {
  const { ids } = list.value;
  const at = ids.indexOf(id);
  return ticketOf(ids[at < 0 ? (step > 0 ? 0 : ids.length - 1) : at + step]);
}

/** @param {{data: {id: string}[]}} page */
const idsOf = (page) => page.data.map((ticket) => ticket.id);
