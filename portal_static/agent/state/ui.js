/** What is open besides the panes: dialogs, and the side panel where it slides over. */
import { Store } from "../../shared/store.js";

/** @typedef {{dialog: "" | "palette" | "keys" | "new-ticket", over: boolean}} Open */

export const ui = new Store(/** @type {Open} */ ({ dialog: "", over: false }));

/** The current minute: ages on screen follow it. */
export const minute = new Store(Math.floor(Date.now() / 60_000));
setInterval(() => minute.set(Math.floor(Date.now() / 60_000)), 5_000);

const WIDE = matchMedia("(min-width: 1440px)");

/** Does the side panel have a column of its own? */
export const hasColumn = () => WIDE.matches;

/** Tell when that changes. @param {() => void} listener */
export function onWidth(listener) {
  WIDE.addEventListener("change", listener);
}

/** @param {typeof ui.value.dialog} dialog */
export const openDialog = (dialog) => ui.merge({ dialog });

export const closeDialog = () => ui.merge({ dialog: "" });
