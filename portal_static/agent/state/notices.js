/** One's own notices: how many are unread, for the bell, and those that the page shows. */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";
import { Store } from "../../shared/store.js";
import { minute } from "./ui.js";

const REST = 1500; // ms between two counts at most

/** @typedef {{state: "sent" | "sending" | "held" | "suppressed" | "failed", at: string, reason: string | null, until: string | null}} ChannelState */
/** @typedef {{id: string, at: string, told_at: string, kind: string, why: string, level: number, target: string | null, text: string | null, read: boolean, actor: {name: string | null} | null, ticket: {id: string, number: number, subject: string} | null, channels: Record<string, ChannelState>}} Notice */

export const unread = new Store({ unread: 0, more: false });

/** @type {Resource<{rows: Notice[], cursor: string | null}>} */
export const notices = new Resource();

/** Only those that are unread. */
export const only = new Store(false);

let timer = 0;
/** What was changed and not yet answered: who reads then would read what was before. @type {Promise<any>} */
let writing = Promise.resolve();
let ended = () => {};

/** @param {string} [cursor] */
async function read(cursor) {
  await writing;
  const page = await api.get("/notifications", { limit: 50, unread: only.value ? "1" : "", cursor });
  return { rows: page.data, cursor: page.next_cursor };
}

export const loadNotices = () => notices.load(read);

/** @param {boolean} wanted */
export function showOnly(wanted) {
  only.set(wanted);
  loadNotices();
}

export async function moreNotices() {
  const { rows, cursor } = notices.data || { rows: [], cursor: null };
  if (!cursor) return;
  const next = await read(cursor);
  notices.change(() => ({ rows: [...rows, ...next.rows], cursor: next.cursor }));
}

/** Count now and each minute, until the desk is left. */
export function countNotices() {
  ended = minute.watch(recountNotices);
  count();
}

export function stopCounting() {
  clearTimeout(timer);
  ended();
}

/** Count again soon, however often this is called. */
export function recountNotices() {
  clearTimeout(timer);
  timer = window.setTimeout(count, REST);
}

async function count() {
  const before = unread.value.unread;
  await writing;
  const now = await api.get("/notifications/count").catch(() => null);
  if (typeof now?.unread !== "number") return;
  unread.set(now);
  if (now.unread > before && notices.data && !notices.data.cursor) notices.refresh(read);
}

/** Shown at once; the promise fails when the server refuses. @param {Notice} notice @param {boolean} wanted */
export async function markNotice(notice, wanted) {
  if (notice.read === wanted) return;
  show(notice.id, wanted);
  try {
    await written(api.patch(`/notifications/${notice.id}`, { read: wanted }, { keepalive: true }));
  } catch (error) {
    show(notice.id, !wanted);
    throw error;
  }
}

/** @param {Promise<any>} change */
function written(change) {
  writing = Promise.allSettled([writing, change]);
  return change;
}

/** @param {string} id @param {boolean} read */
function show(id, read) {
  unread.merge({ unread: Math.max(0, unread.value.unread + (read ? -1 : 1)) });
  notices.change(({ rows, cursor }) => ({ rows: rows.map((each) => (each.id === id ? { ...each, read } : each)), cursor }));
}

export async function readAllNotices() {
  const [before, counted] = [notices.data, unread.value];
  notices.change(({ rows, cursor }) => ({ rows: rows.map((each) => ({ ...each, read: true })), cursor }));
  unread.set({ unread: 0, more: false });
  try {
    await written(api.put("/notifications/read"));
  } catch (error) {
    notices.change(() => /** @type {any} */ (before));
    unread.set(counted);
    throw error;
  }
}
