/** What the editors of a shift and of a leave ask. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { select, text, valueOf } from "../form/parts.js";
import { momentOf, timeText, wall, weekdayOf, zones, minuteOf } from "./days.js";
import { openEditor } from "./editor.js";
import { remove, sayMade, saySaved } from "./moves.js";
import { dayField, hoursField, personField } from "./parts.js";
import { asked, leaves, shifts } from "./state.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {import("../records.js").Row} Row */

/** @param {Row | null} row @param {{person?: string, day?: string}} [begun] of a new one */
export function editShift(row, { person = "", day = "" } = {}) {
  const fresh = { person_id: person, zone: asked().zone, hours: day ? { [weekdayOf(day)]: [["09:00", "17:00"]] } : {}, from: day || null, until: null, note: "" };
  openEditor({
    records: shifts, row, fresh, title: t(row ? "coverage.shift" : "coverage.new_shift"), add: t("coverage.add_shift"), fields: shiftFields,
    kept: (saved, isNew) => (isNew ? sayMade(shifts, saved) : saySaved(shifts, saved, /** @type {Row} */ (row))), remove: (gone) => remove(shifts, gone),
  });
}

/** @param {Form} form */
function shiftFields(form) {
  const zone = form.get("zone");
  const options = zones([zone, ...(shifts.data || []).map((each) => each.zone)]).map((id) => ({ id, label: id.replaceAll("_", " ") }));
  return html`<div class="two">${personField(form)}${select(form, "zone", { label: t("coverage.zone"), options })}</div>
    ${hoursField(form)}
    <div class="two">${dayField(form, "from", { label: t("coverage.from"), optional: true })}${dayField(form, "until", { label: t("coverage.until"), optional: true })}</div>
    ${text(form, "note", { label: t("coverage.note"), optional: true, most: 500 })}`;
}

/** @param {Row | null} row @param {{person?: string, day?: string}} [begun] of a new one */
export function editLeave(row, { person = "", day = "" } = {}) {
  const fresh = { person_id: person, from: day, until: day, reason: "leave", note: "" };
  openEditor({
    records: leaves, row, fresh, title: t(row ? "coverage.leave" : "coverage.new_leave"), add: t("coverage.add_leave"), fields: leaveFields,
    kept: (saved, isNew) => (isNew ? sayMade(leaves, saved) : saySaved(leaves, saved, /** @type {Row} */ (row))), remove: (gone) => remove(leaves, gone),
  });
}

/** @param {Form} form */
function leaveFields(form) {
  const { zone } = asked();
  const whole = !["from", "until"].some((name) => (form.get(name) || "").length > 10);
  const turn = (/** @type {any} */ event) => {
    const exact = !event.target.checked;
    for (const [name, minute] of /** @type {[string, number][]} */ ([["from", 540], ["until", 1020]])) {
      const kept = form.get(name);
      if (kept) form.put(name, exact ? momentOf(kept, minute, zone) : wall(kept, zone).day);
    }
  };
  const reasons = ["leave", "sick", "other"].map((id) => ({ id, label: t(`coverage.reason.${id}`) }));
  return html`<div class="two">${personField(form)}${select(form, "reason", { label: t("coverage.why"), options: reasons })}</div>
    <label class="check"><input type="checkbox" role="switch" name="whole" .checked=${whole} @change=${turn} /><span class="w5">${t("coverage.whole_days")}</span></label>
    <div class="two">${end(form, "from", t("coverage.leave_from"), whole, zone)}${end(form, "until", t("coverage.leave_until"), whole, zone)}</div>
    ${text(form, "note", { label: t("coverage.note"), optional: true, most: 500 })}`;
}

/** One end of a leave: a date, or a date with a time. @param {Form} form @param {string} name @param {string} label @param {boolean} whole @param {string} zone */
function end(form, name, label, whole, zone) {
  if (whole) return dayField(form, name, { label, required: true });
  const kept = form.get(name) || "";
  const at = kept.length > 10 ? wall(kept, zone) : { day: kept, minute: 540 };
  const put = (/** @type {string} */ day, /** @type {number} */ minute) => form.put(name, day ? momentOf(day, minute, zone) : null);
  form.parts.set(name, { label, required: true });
  const problem = form.problem(name);
  return html`<fieldset class="field"><legend class="label">${label}</legend><span class="cov-pair">
      <input class="input" type="date" name="${name}:day" aria-label=${label} .value=${at.day} @change=${(/** @type {Event} */ event) => put(valueOf(event), at.minute)} />
      <input class="input" type="time" name="${name}:time" aria-label=${t("coverage.time_of", { label })} .value=${timeText(at.minute)} @change=${(/** @type {Event} */ event) => put(at.day, minuteOf(valueOf(event)))} /></span>
    ${problem ? html`<span class="hint bad">${problem}</span>` : html`<span class="hint">${zone.replaceAll("_", " ")}</span>`}</fieldset>`;
}
