/** Looking for things by name while somebody types: it waits until he rests, and the last question wins. */
import { api } from "../../shared/api.js";

const REST = 200; // ms without a key
const SHOWN = 8;

export class Finder {
  /** @param {(hits: any[], asked: boolean) => void} done gets the hits, and whether anything was asked */
  constructor(done) {
    this.done = done;
    this.turn = 0;
  }

  /** @param {string} text @param {string} type what to look for: tickets, people, companies */
  ask(text, type) {
    const q = text.trim().replace(/^#/, "");
    const mine = ++this.turn;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const page = q ? await api.get("/search", { q, type, limit: SHOWN }).catch(() => ({ data: [] })) : { data: [] };
      if (mine === this.turn) this.done(page.data, Boolean(q));
    }, REST);
  }
}
