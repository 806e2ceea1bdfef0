/**
 * The records of one kind as the API keeps them: listed, made, changed on a version, removed, put in order.
 * A change shows at once, and the row is as it was when the server refuses.
 */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";

/** @typedef {{id: string, version?: number} & Record<string, any>} Row */

const MOST_PAGES = 20;

/** @extends {Resource<Row[]>} */
export class Records extends Resource {
  /**
   * @param {object} about
   * @param {string} about.path below /v1
   * @param {string} [about.kind] of the subject in events, which tell of others' changes
   * @param {Record<string, any>} [about.query]
   * @param {string} [about.secret] what only the answer to making one has; it is not kept
   * @param {() => any} [about.after] to be done after every change
   */
  constructor({ path, kind = "", query = {}, secret = "", after = () => {} }) {
    super();
    this.path = path;
    this.kind = kind;
    this.query = query;
    this.secret = secret;
    this.after = after;
  }

  /** Fetch them, behind what is shown where there is something. */
  open() {
    return this.value.state === "ready" ? this.refresh(() => this.read()) : this.load(() => this.read());
  }

  /** All pages. @returns {Promise<Row[]>} */
  async read() {
    const rows = [];
    let cursor;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await api.get(this.path, { ...this.query, cursor });
      rows.push(...answer.data);
      cursor = answer.next_cursor;
      if (!cursor) break;
    }
    return rows;
  }

  /** @param {string} id */
  of(id) {
    return this.data?.find((row) => row.id === id);
  }

  /** @param {any} body @param {string} key idempotency key, so that a second try makes no second record */
  async create(body, key) {
    const row = await api.post(this.path, body, { key });
    this.put(this.secret ? { ...row, [this.secret]: undefined } : row);
    this.after();
    return row;
  }

  /**
   * @param {string} id @param {Record<string, any>} changes @param {number} [version] that the change builds on
   * @returns {Promise<Row>}
   */
  async save(id, changes, version) {
    const before = this.of(id);
    if (before) this.put({ ...before, ...changes });
    try {
      const row = await api.patch(`${this.path}/${encodeURIComponent(id)}`, changes, { ifMatch: version });
      this.put(row);
      this.after();
      return row;
    } catch (error) {
      const current = /** @type {any} */ (error).problem?.current;
      if (before) this.put(current?.id === id ? current : before);
      throw error;
    }
  }

  /** It goes when the server has agreed; `leave` is called just before. @param {Row} row @param {() => void} [leave] */
  async remove(row, leave = () => {}) {
    await api.delete(`${this.path}/${encodeURIComponent(row.id)}`, { ifMatch: row.version });
    leave();
    this.change((rows) => rows.filter((each) => each.id !== row.id));
    this.after();
  }

  /** Show the rows in this order. @param {string[]} ids */
  arrange(ids) {
    this.change((rows) => ids.map((id) => /** @type {Row} */ (rows.find((row) => row.id === id))).filter(Boolean));
  }

  /** Keep an order; `before` comes back when the server refuses. @param {string[]} ids @param {string[]} before */
  async reorder(ids, before) {
    this.arrange(ids);
    try {
      const answer = await api.put(`${this.path}/order`, { body: { ids } });
      if (answer?.data) this.change(() => answer.data);
      this.after();
    } catch (error) {
      this.arrange(before);
      throw error;
    }
  }

  /** Put a row in its place, or at the end. @param {Row} row */
  put(row) {
    this.change((rows) => (rows.some((each) => each.id === row.id) ? rows.map((each) => (each.id === row.id ? row : each)) : [...rows, row]));
  }
}
