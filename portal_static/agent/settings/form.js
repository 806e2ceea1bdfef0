/** What somebody is writing: the values, what differs from what is kept, and what the server says of them. */
import { ApiError } from "../../shared/api.js";
import { hasText, t } from "../../shared/i18n.js";
import { Store } from "../../shared/store.js";
import { fieldName } from "./plain.js";

/** @typedef {import("./section.js").Section} Section */
/** @typedef {import("./records.js").Row} Row */
/** @typedef {{pointer: string, code: string, message: string}} Fault */

/**
 * @typedef {object} State
 * @property {Row | null} row as it is kept; null for a new one
 * @property {Record<string, any>} base
 * @property {Record<string, any>} values
 * @property {any} error the last refusal
 * @property {{current: Row, names: string[]} | null} conflict what somebody else has changed meanwhile
 * @property {boolean} busy
 */

/** @param {any} one @param {any} other */
const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** @extends {Store<State>} */
export class Form extends Store {
  /** @param {Section} section @param {Row | null} row @param {Record<string, any>} fresh */
  constructor(section, row, fresh) {
    const base = row ? Object.fromEntries(Object.keys(fresh).map((name) => [name, row[name] ?? fresh[name]])) : fresh;
    super({ row, base, values: base, error: null, conflict: null, busy: false });
    this.section = section;
    this.names = Object.keys(fresh);
    this.key = crypto.randomUUID();
    /** Names that must be filled in, labels of all, and what is wrong with what is written, as the parts declare them. @type {Map<string, {label: string, required: boolean, faults?: () => Fault[]}>} */
    this.parts = new Map();
    this.locked = false;
  }

  get isNew() {
    return !this.value.row;
  }

  /** A value by its name, or by its path: "validation.min". @param {string} name */
  get(name) {
    return name.split(".").reduce((/** @type {any} */ value, step) => value?.[step], this.value.values);
  }

  /** @param {string} name @param {any} value */
  put(name, value) {
    const errors = this.value.error?.errors?.filter((/** @type {any} */ { pointer }) => !leads(pathIn(pointer), name) && !leads(name, pathIn(pointer)));
    const error = this.value.error && errors?.length ? Object.assign(this.value.error, { errors }) : null;
    this.merge({ values: within(this.value.values, name.split("."), value), error });
  }

  /** What differs from what is kept. @returns {Record<string, any>} */
  get changes() {
    const { base, values } = this.value;
    return Object.fromEntries(this.names.filter((name) => !same(base[name], values[name])).map((name) => [name, values[name]]));
  }

  get isDirty() {
    return Object.keys(this.changes).length > 0;
  }

  discard() {
    this.merge({ values: this.value.base, error: null, conflict: null });
  }

  /** The row as it is kept has changed: take what was not touched here. @param {Row} row */
  follow(row) {
    if (row.version === this.value.row?.version || this.value.busy || this.value.conflict || this.isDirty) return;
    const base = Object.fromEntries(this.names.map((name) => [name, row[name] ?? this.value.base[name]]));
    this.merge({ row, base, values: base });
  }

  /** What is wrong with a field, in words, or ""; `exact` leaves out what is wrong inside it. @param {string} name @param {boolean} [exact] */
  problem(name, exact = false) {
    const found = (this.value.error?.errors || []).filter((/** @type {any} */ { pointer }) => (exact ? pathIn(pointer) === name : leads(pathIn(pointer), name)));
    return [...new Set(found.map(words))].join(" ");
  }

  /** What is wrong, and belongs to no field that is shown. */
  get trouble() {
    const { error } = this.value;
    if (!error) return "";
    if (error.status === 0) return t("settings.offline");
    const elsewhere = (error.errors || []).filter((/** @type {any} */ each) => ![...this.parts.keys()].some((name) => leads(pathIn(each.pointer), name)));
    if (elsewhere.length) return elsewhere.map((/** @type {any} */ each) => `${fieldName(pathIn(each.pointer).split(".")[0])}: ${words(each)}`).join(" ");
    return error.errors?.length ? "" : error.detail || t("state.failed.text");
  }

  /** Where in the text of a field the fault is, -1 if that is not told. @param {string} name */
  place(name) {
    const found = this.value.error?.errors?.find((/** @type {any} */ error) => pathIn(error.pointer) === name);
    return Number(found?.pointer.match(/#(\d+)$/)?.[1] ?? -1);
  }

  /** Are all fields there that must be, and is what they hold right? Says so at those that are not. */
  check() {
    const empty = [...this.parts].filter(([name, { required }]) => required && isEmpty(this.get(name)));
    const missing = empty.map(([name]) => ({ pointer: `/${name}`, code: "missing", message: t("field.missing") }));
    const errors = [...missing, ...[...this.parts.values()].flatMap(({ faults }) => faults?.() || [])];
    if (!errors.length) return true;
    this.merge({ error: new ApiError(422, { code: "invalid", errors }) });
    return false;
  }

  /**
   * Keep it. Gives the row, or null when it was refused; then the fields say why.
   * @returns {Promise<Row | null>}
   */
  async save() {
    const { records, body } = this.section;
    if (this.value.busy || !records || !this.check()) return null;
    const { row, values } = this.value;
    const sent = row ? this.changes : values;
    const asked = body ? body(sent, this) : sent;
    this.merge({ busy: true, error: null });
    try {
      const kept = row ? await records.save(row.id, asked, row.version) : await records.create(asked, this.key);
      const base = Object.fromEntries(this.names.map((name) => [name, kept[name] ?? this.value.base[name]]));
      this.set({ row: kept, base, values: base, error: null, conflict: null, busy: false });
      return kept;
    } catch (error) {
      this.refuse(/** @type {any} */ (error));
      return null;
    }
  }

  /** @param {any} error */
  refuse(error) {
    if (error.status !== 0) this.key = crypto.randomUUID();
    const current = error.status === 412 ? error.problem?.current : null;
    const names = current ? Object.keys(this.changes).filter((name) => !same(current[name], this.value.base[name])) : [];
    this.merge({ busy: false, error: current ? null : error, conflict: current ? { current, names } : null });
  }

  /** After a conflict: take theirs for what differs, or keep ours; either builds on their version. @param {boolean} theirs */
  settle(theirs) {
    const { conflict, values } = this.value;
    if (!conflict) return;
    const base = Object.fromEntries(this.names.map((name) => [name, conflict.current[name] ?? this.value.base[name]]));
    const ours = this.changes;
    const chosen = theirs ? Object.fromEntries(Object.entries(ours).filter(([name]) => !conflict.names.includes(name))) : ours;
    this.set({ ...this.value, row: conflict.current, base, values: { ...values, ...base, ...chosen }, conflict: null });
  }
}

/** Where a pointer leads, as a path: "/networks/1" is "networks.1", "/filter#17" is "filter". @param {string} pointer */
const pathIn = (pointer) => pointer.replace(/^[#/]+/, "").split("#")[0].replaceAll("/", ".");

/** Is a path the same as another, or inside it? @param {string} path @param {string} other */
const leads = (path, other) => path === other || path.startsWith(`${other}.`);

/** A copy of a value with something else at a path. @param {any} value @param {string[]} path @param {any} to @returns {any} */
function within(value, [first, ...rest], to) {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[first] = rest.length ? within(copy[first], rest, to) : to;
  return copy;
}

/** @param {any} value */
const isEmpty = (value) => (Array.isArray(value) ? !value.length : value === null || value === undefined || !String(value).trim());

/** One fault in the reader's words where we have some. @param {{pointer: string, code: string, message: string}} error */
function words({ pointer, code, message }) {
  const what = message;
  if (code === "not_yours") return t("fault.not_yours", { what });
  const line = pointer.match(/\/(\d+)$/);
  const own = `fault.${pathIn(pointer).split(".")[0]}.${code}`;
  if (hasText(own)) return t(own);
  if (hasText(`fault.code.${code}`)) return t(`fault.code.${code}`);
  if (code === "not_a_network") return t("fault.not_a_network", { n: Number(line?.[1] || 0) + 1 });
  return message;
}
