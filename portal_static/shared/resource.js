/** Something fetched: loading, ready or failed, and slow once it has taken long enough for a skeleton. */
import { Store } from "./store.js";

const PATIENCE = 150; // ms without an answer before a skeleton shows, so that quick answers never flicker

/**
 * @template T
 * @extends {Store<{state: "idle" | "loading" | "ready" | "failed", slow: boolean, data: T | null, error: any}>}
 */
export class Resource extends Store {
  constructor() {
    super({ state: "idle", slow: false, data: null, error: null });
    this.turn = 0;
  }

  get data() {
    return this.value.data;
  }

  /** Forget what was there and fetch anew. @param {() => Promise<T>} read */
  async load(read) {
    const turn = ++this.turn;
    this.set({ state: "loading", slow: false, data: null, error: null });
    const timer = setTimeout(() => turn === this.turn && this.merge({ slow: true }), PATIENCE);
    try {
      const data = await read();
      if (turn === this.turn) this.set({ state: "ready", slow: false, data, error: null });
    } catch (error) {
      if (turn === this.turn) this.set({ state: "failed", slow: false, data: null, error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Fetch again behind what is shown; a failure keeps the old data. @param {() => Promise<T>} read */
  async refresh(read) {
    const turn = ++this.turn;
    try {
      const data = await read();
      if (turn === this.turn) this.set({ state: "ready", slow: false, data, error: null });
    } catch (error) {
      if (turn === this.turn && this.value.state !== "ready") this.merge({ state: "failed", error });
    }
  }

  /** Change the data in place. @param {(data: T) => T} change */
  change(change) {
    if (this.value.data !== null) this.merge({ data: change(this.value.data) });
  }

  /** Back to the beginning; an answer under way is dropped. */
  reset() {
    this.turn += 1;
    this.set({ state: "idle", slow: false, data: null, error: null });
  }
}
