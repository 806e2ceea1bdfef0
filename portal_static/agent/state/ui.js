/** What is open besides the panes: dialogs, and the side panel where it slides over. */
import { Store } from "../../shared/store.js";

/**
 * @typedef {object} Open
 * @property {string} dialog its name; "" for none
 * @property {any} subject what the dialog is about
 * @property {boolean} over the side panel slides over
 * @property {boolean} searching the search field is wanted
 * @property {string} before the view that was open before a search
 */

export const ui = new Store(/** @type {Open} */ ({ dialog: "", subject: null, over: false, searching: false, before: "" }));

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

/** @param {string} dialog @param {any} [subject] what it is about */
export const openDialog = (dialog, subject = null) => ui.merge({ dialog, subject });

export const closeDialog = () => ui.merge({ dialog: "", subject: null });
