/** Jobs that this person has started and that still run, or have ended with something to say. */
import { Store } from "../../shared/store.js";

/** @typedef {{id: string, state: string, total: number | null, progress: number, counts: {done: number, unchanged: number, failed: number}, action: any, undoes: string | null}} Job */

export const jobs = new Store(/** @type {Job[]} */ ([]));
