/** Who is signed in. The cookie is the server's; this only remembers what `me` answered. */
import { api, onSignedOut } from "./api.js";
import { Store } from "./store.js";

/**
 * @typedef {object} Me
 * @property {string} kind
 * @property {string} id
 * @property {string} name
 * @property {string} email
 * @property {string} role
 * @property {string[]} permissions
 * @property {string[]} team_ids
 * @property {{id: string, name: string, support_address: string, mailboxes?: Record<string, string>}} org
 */

/** @typedef {{state: "loading" | "out" | "in" | "failed", me: Me | null, error?: any}} Session */

export const session = new Store(/** @type {Session} */ ({ state: "loading", me: null }));

let door = "";

/**
 * Ask who is signed in.
 * @param {string} prefix "" for staff, "/portal" for customers
 * @param {boolean} fresh nobody is: a sign-in link is about to be used
 */
export async function openSession(prefix = "", fresh = false) {
  door = prefix;
  onSignedOut(() => session.set({ state: "out", me: null }));
  if (fresh) return session.set({ state: "out", me: null });
  try {
    welcome(await api.get(`${door}/me`));
  } catch (error) {
    if (session.value.state !== "out") session.set({ state: "failed", me: null, error });
  }
}

/** @param {Me} me */
export function welcome(me) {
  session.set({ state: "in", me });
}

export async function signOut() {
  await api.delete(`${door}/session`).catch(() => {});
  session.set({ state: "out", me: null });
}

/** May the person do this? @param {string} permission */
export function may(permission) {
  return Boolean(session.value.me?.permissions?.includes(permission));
}
