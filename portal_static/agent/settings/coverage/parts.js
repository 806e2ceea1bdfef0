/** The fields that the editors of shifts and leaves share. */
import { html, nothing } from "../../../shared/element.js";
import { nameOf } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { catalogue } from "../../state/catalogue.js";
import { field, select, valueOf } from "../form/parts.js";
import { WEEKDAYS, weekdayName } from "./days.js";
import { week } from "./state.js";

/** @typedef {import("../form.js").Form} Form */

const USUAL = ["09:00", "17:00"];

/** @param {Form} form */
export function personField(form) {
  const known = new Map(catalogue.value.staff.map((person) => [person.id, nameOf(person)]));
  for (const { person_id, name } of week.data?.people || []) known.set(person_id, name);
  const options = [...known].map(([id, label]) => ({ id, label })).sort((one, other) => one.label.localeCompare(other.label));
  return select(form, "person_id", { label: t("coverage.person"), required: true, options, none: t("coverage.choose") });
}

/** A date, or null. @param {Form} form @param {string} name @param {import("../form/parts.js").Words} words */
export function dayField(form, name, words) {
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<input class="input" type="date" id=${id} name=${name} .value=${form.get(name) || ""} ?disabled=${disabled}
    aria-invalid=${invalid} aria-describedby=${described} @change=${(/** @type {Event} */ event) => form.put(name, valueOf(event) || null)} />`);
}

/** The hours of each weekday; a day that is begun gets those of the one before. @param {Form} form */
export function hoursField(form) {
  form.parts.set("hours", { label: t("coverage.hours"), required: false });
  const problem = form.problem("hours");
  return html`<fieldset class="field cov-hours" id="set-hours" aria-describedby=${problem ? "set-hours-hint" : nothing}><legend class="label">${t("coverage.hours")}</legend>
    ${WEEKDAYS.map((day) => dayLine(form, day))}
    ${problem ? html`<span class="hint bad" id="set-hours-hint">${icon("alert", 12)}<span>${problem}</span></span>` : nothing}</fieldset>`;
}

/** @param {Form} form @param {string} day */
function dayLine(form, day) {
  const hours = form.get("hours");
  const pairs = hours[day] || [];
  const put = (/** @type {string[][]} */ next) => form.put("hours", Object.fromEntries(WEEKDAYS.map((each) => [each, each === day ? next : hours[each] || []]).filter(([, all]) => all.length)));
  const turn = (/** @type {any} */ event) => put(event.target.checked ? usual(hours, day) : []);
  const add = () => put([...pairs, [pairs[pairs.length - 1][1], "24:00"]]);
  return html`<div class="cov-line"><label class="check"><input type="checkbox" name="day:${day}" .checked=${pairs.length > 0} @change=${turn} /><span>${weekdayName(day)}</span></label>
    <div class="cov-pairs">${pairs.map((/** @type {string[]} */ pair, /** @type {number} */ at) => times(day, pair, at, (next) => put(pairs.map((/** @type {string[]} */ each, /** @type {number} */ index) => (index === at ? next : each)).filter(Boolean)), pairs.length > 1))}</div>
    ${pairs.length ? html`<button type="button" class="btn ghost square small" aria-label=${t("coverage.add_hours", { day: weekdayName(day) })} title=${t("coverage.add_hours", { day: weekdayName(day) })} @click=${add}>${icon("plus", 14)}</button>` : nothing}</div>`;
}

/** @param {Record<string, string[][]>} hours @param {string} day */
function usual(hours, day) {
  const before = WEEKDAYS.slice(0, WEEKDAYS.indexOf(day)).reverse().find((each) => hours[each]?.length);
  return before ? hours[before].map((pair) => [...pair]) : [USUAL];
}

/** @param {string} day @param {string[]} pair @param {number} at @param {(next: any) => void} put null takes it away @param {boolean} several */
function times(day, [from, until], at, put, several) {
  const name = weekdayName(day);
  const end = (/** @type {string} */ text) => (text === "00:00" ? "24:00" : text);
  /** There is no shift without a time: an emptied field has its old one again. @param {Event} event @param {string} old @param {(text: string) => void} keep */
  const filled = (event, old, keep) => (valueOf(event) ? keep(valueOf(event)) : (/** @type {any} */ (event.target).value = old));
  return html`<span class="cov-pair"><input class="input" type="time" step="900" name="${day}:${at}:from" aria-label=${t("coverage.starts", { day: name })} .value=${from} @change=${(/** @type {Event} */ event) => filled(event, from, (text) => put([text, until]))} />
    <span class="i3" aria-hidden="true">–</span><input class="input" type="time" step="900" name="${day}:${at}:until" aria-label=${t("coverage.ends", { day: name })} .value=${until === "24:00" ? "00:00" : until} @change=${(/** @type {Event} */ event) => filled(event, until, (text) => put([from, end(text)]))} />
    ${several ? html`<button type="button" class="btn ghost square small" aria-label=${t("coverage.drop_hours", { day: name })} @click=${() => put(null)}>${icon("x", 14)}</button>` : nothing}</span>`;
}
