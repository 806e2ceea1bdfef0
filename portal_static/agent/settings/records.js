/**
 * The records of one kind as the API keeps them: listed, made, changed on a version, removed, put in order.
 * A change shows at once, and the row is as it was when the server refuses.
 */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";

/** @typedef {{id: string, version?: number} & Record<string, any>} Row */

const MOST_PAGES = 20;
const SETTLING = 40_000; // ms in which a list may still tell what was before: the server keeps lists for 30 s

/** @extends {Resource<Row[]>} */
export class Records extends Resource {
  /**
   * @param {object} about
   * @param {string} about.path below /v1
   * @param {string} [about.kind] of the subject in events, which tell of others' changes
   * @param {Record<string, any>} [about.query]
   * @param {string} [about.secret] what only the answer to making one has; it is not kept
   * @param {() => any} [about.after] to be done after every change
   * @param {boolean} [about.archives] what is removed is only taken out of use
   * @param {boolean} [about.topFirst] the API has the last in its order on top
   * @param {(rows: Row[]) => Row[]} [about.tidy] the rows as they are shown
   */
  constructor({ path, kind = "", query = {}, secret = "", after = () => {}, archives = false, topFirst = false, tidy = (rows) => rows }) {
    super();
    this.path = path;
    this.kind = kind;
    this.query = archives ? { archived: 1, ...query } : query;
    this.archives = archives;
    this.topFirst = topFirst;
    this.tidy = tidy;
    this.secret = secret;
    /** What was changed here a moment ago; null for what is gone. @type {Map<string, {row: Row | null, at: number}>} */
    this.recent = new Map();
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
    return this.tidy(this.settled(this.topFirst ? rows.reverse() : rows));
  }

  /** @param {string} id @param {Row | null} row */
  note(id, row) {
    this.recent.set(id, { row, at: Date.now() });
  }

  /** What the server told, with what is known here to be newer. @param {Row[]} told @returns {Row[]} */
  settled(told) {
    let rows = told;
    for (const [id, { row, at }] of this.recent) {
      const known = rows.find((each) => each.id === id);
      if (Date.now() - at > SETTLING || (row && known && (known.version || 0) >= (row.version || 0))) this.recent.delete(id);
      else if (!row) rows = rows.filter((each) => each.id !== id);
      else if (known) rows = rows.map((each) => (each.id === id ? { ...each, ...row } : each));
      else rows = this.topFirst ? [row, ...rows] : [...rows, row];
    }
    const place = (/** @type {Row} */ row) => row.position ?? row.rank;
    if (rows === told || rows.some((row) => typeof place(row) !== "number")) return rows;
    return [...rows].sort((one, other) => (this.topFirst ? place(other) - place(one) : place(one) - place(other)));
  }

  /** @param {string} id */
  of(id) {
    return this.data?.find((row) => row.id === id);
  }

  /** @param {any} body @param {string} key idempotency key, so that a second try makes no second record */
  async create(body, key) {
    const row = await api.post(this.path, body, { key });
    const kept = this.secret ? { ...row, [this.secret]: undefined } : row;
    this.note(row.id, kept);
    this.put(kept);
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
      this.note(id, row);
      this.put(row);
      this.after();
      return row;
    } catch (error) {
      const current = /** @type {any} */ (error).problem?.current;
      if (before) this.put(current?.id === id ? current : before);
      throw error;
    }
  }

  /**
   * It goes when the server has agreed; `leave` is called just before. `by` is what takes its place.
   * @param {Row} row @param {() => void} [leave] @param {string} [by]
   */
  async remove(row, leave = () => {}, by = "") {
    await api.delete(`${this.path}/${encodeURIComponent(row.id)}`, { ifMatch: row.version, query: { replace_by: by } });
    leave();
    if (this.archives) {
      const kept = { ...row, archived: true, replaced_by: by || null, version: (row.version || 0) + 1 };
      this.note(row.id, kept);
      this.put(kept);
      this.open();
    } else {
      this.note(row.id, null);
      this.change((rows) => rows.filter((each) => each.id !== row.id));
    }
    this.after();
  }

  /** Show the rows in this order. @param {string[]} ids */
  arrange(ids) {
    this.change((rows) => this.tidy([...ids.map((id) => /** @type {Row} */ (rows.find((row) => row.id === id))).filter(Boolean), ...rows.filter(({ id }) => !ids.includes(id))]));
  }

  /** Keep an order; `before` comes back when the server refuses. @param {string[]} ids @param {string[]} before */
  async reorder(ids, before) {
    this.arrange(ids);
    try {
      const answer = await api.put(`${this.path}/order`, { body: { ids: this.topFirst ? [...ids].reverse() : ids } });
      for (const row of answer?.data || []) {
        this.note(row.id, row);
        this.put(row);
      }
      this.after();
    } catch (error) {
      this.arrange(before);
      throw error;
    }
  }

  /** Put a row in its place, or where new ones come. @param {Row} row */
  put(row) {
    this.change((rows) => {
      if (rows.some((each) => each.id === row.id)) return this.tidy(rows.map((each) => (each.id === row.id ? row : each)));
      return this.tidy(this.topFirst ? [row, ...rows] : [...rows, row]);
    });
  }
}
