/** Follows the ordered feed of events, so that a screen stays as fresh as the desk. */
import { api } from "./api.js";
import { heard, lost } from "./connection.js";

const NEAR = 2_000; // ms between questions while somebody looks
const FAR = 30_000; // and while the page is hidden
const LONGEST = 60_000; // ms at most between attempts when the server does not answer

export class Feed {
  /** @param {(events: any[]) => void} listener gets every batch in order, never an empty one */
  constructor(listener) {
    this.listener = listener;
    this.after = "latest";
    this.failures = 0;
    this.timer = 0;
    this.running = false;
    this.wake = () => this.running && !document.hidden && this.ask();
  }

  start() {
    this.running = true;
    document.addEventListener("visibilitychange", this.wake);
    addEventListener("online", this.wake);
    this.ask();
  }

  stop() {
    this.running = false;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.wake);
    removeEventListener("online", this.wake);
  }

  /** Ask now, then plan the next question. */
  async ask() {
    clearTimeout(this.timer);
    const turn = (this.turn = (this.turn || 0) + 1);
    try {
      const page = await api.get("/events", { after: this.after, limit: 100 });
      this.failures = 0;
      heard();
      if (turn === this.turn) this.take(page);
    } catch (error) {
      this.failures += 1;
      if (/** @type {any} */ (error).status === 0 || /** @type {any} */ (error).status >= 500) lost();
      if (/** @type {any} */ (error).status === 401) this.stop();
    }
    if (turn === this.turn) this.plan();
  }

  /** @param {{data: any[], next_cursor: string}} page */
  take(page) {
    this.after = page.next_cursor || this.after;
    if (page.data.length) this.listener(page.data);
  }

  plan() {
    if (!this.running) return;
    const rest = document.hidden ? FAR : NEAR;
    const wait = Math.min(LONGEST, rest * 2 ** this.failures) * (this.failures ? 0.5 + Math.random() / 2 : 1);
    this.timer = window.setTimeout(() => this.ask(), wait);
  }
}
