/** What is done to shifts and leaves: it shows at once, and goes back with a sentence when the server refuses. */
import { t } from "../../../shared/i18n.js";
import { say, withdraw } from "../../../shared/parts/toast.js";
import { later, moved, same, source } from "./blocks.js";
import { timeText, weekdayName, weekdayOf } from "./days.js";
import { draft, refresh, shifts, week } from "./state.js";

/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("../records.js").Records} Records */

/** One change after the other: each builds on the version that the one before it made. @type {Promise<any>} */
let queue = Promise.resolve();
let waiting = 0;

/** @param {any} error */
export function reason(error) {
  const fault = error.errors?.[0];
  if (error.status === 0) return t("settings.offline");
  if (error.status === 412) return t("settings.stale");
  return fault?.code === "overlaps_shift" ? t("fault.code.overlaps_shift") : fault?.message || error.detail || t("state.failed.text");
}

/** @param {() => Promise<any>} run @param {() => any} [back] what shows again when it fails */
function attempt(run, back = () => {}) {
  waiting += 1;
  week.turn += 1; // an answer under way tells of before
  queue = queue.then(async () => {
    withdraw(); // what it would undo is no longer what was done last
    try {
      await run();
    } catch (error) {
      back();
      say({ bad: true, text: t("settings.failed_change", { reason: reason(error) }) });
    }
    waiting -= 1;
    if (!waiting) await refresh();
  });
  return queue;
}

/** @param {() => Promise<any>} run */
const undo = (run) => ({ label: t("action.undo"), keys: "z", run: () => attempt(run) });

/** Move what is being moved a little more, as far as it goes. @param {Span} span @param {"" | "start" | "end"} edge @param {number} by minutes */
export function move(span, edge, by) {
  const shift = shifts.of(span.shift_id);
  if (by && !moved(shift, span, edge, by)) return;
  draft.set({ span, edge, by });
}

/** Keep where a span was moved to: in every week of its shift. */
export function keep() {
  const now = draft.value;
  draft.set(null);
  if (!now || !("span" in now) || !now.by) return;
  const { span, edge, by } = now;
  const before = week.data;
  replace(span, later(span, edge, by));
  attempt(async () => {
    const shift = shifts.of(span.shift_id);
    const hours = shift && moved(shift, span, edge, by);
    if (!shift || !hours) return;
    const [old, from] = [shift.hours, source(span, shift)];
    const row = await shifts.save(shift.id, { hours }, shift.version);
    const text = t("coverage.moved", { day: weekdayName(from?.day || "mon") });
    say({ text, action: undo(() => shifts.save(row.id, { hours: old }, shifts.of(row.id)?.version)) });
  }, () => before && week.change(() => before));
}

/** @param {Span} span @param {Span} by */
function replace(span, by) {
  week.change((data) => ({ ...data, people: data.people.map((person) => ({ ...person, spans: person.spans.map((each) => (same(each, span) ? by : each)) })) }));
}

/** A new shift as it was drawn: on this weekday from this date on. @param {string} person_id @param {string} day @param {number} from @param {number} until */
export function draw(person_id, day, from, until) {
  const hours = { [weekdayOf(day)]: [[timeText(from), timeText(until)]] };
  attempt(async () => {
    try {
      const row = await shifts.create({ person_id, zone: week.data?.zone, hours, from: day }, crypto.randomUUID());
      sayMade(shifts, row);
    } finally {
      draft.set(null);
    }
  });
}

/** @param {Records} records @param {import("../records.js").Row} row */
export function sayMade(records, row) {
  refresh();
  say({ text: t(records === shifts ? "coverage.shift_made" : "coverage.leave_made"), action: undo(() => records.remove(row)) });
}

/** Remove one; it can be brought back. @param {Records} records @param {import("../records.js").Row} row */
export function remove(records, row) {
  return attempt(async () => {
    await records.remove(row);
    const { id: _id, version: _version, created_at: _made, updated_at: _changed, position: _position, ...body } = row;
    say({ text: t(records === shifts ? "coverage.shift_gone" : "coverage.leave_gone"), action: undo(() => records.create(body, crypto.randomUUID())) });
  });
}

/** One was changed in its editor. @param {Records} records @param {import("../records.js").Row} row as it is now @param {import("../records.js").Row} before */
export function saySaved(records, row, before) {
  const old = Object.fromEntries(Object.keys(row).filter((name) => !/^(id|version|position|(created|updated)_at)$/.test(name) && JSON.stringify(row[name]) !== JSON.stringify(before[name])).map((name) => [name, before[name]]));
  refresh();
  say({ text: t(records === shifts ? "coverage.shift_saved" : "coverage.leave_saved"), action: undo(() => records.save(row.id, old, row.version)) });
}
