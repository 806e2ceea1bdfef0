/** Whether the server answers: what the offline banner shows. */
import { Store } from "./store.js";

/** @typedef {{online: boolean, lastContact: number}} Connection times in ms since 1970 */

export const connection = new Store(/** @type {Connection} */ ({ online: true, lastContact: Date.now() }));

let announced = Date.now();

/** The server has answered. */
export function heard() {
  const now = Date.now();
  if (connection.value.online && now - announced < 30_000) return;
  announced = now;
  connection.set({ online: true, lastContact: now });
}

/** The server could not be reached. */
export function lost() {
  if (connection.value.online) connection.merge({ online: false });
}
