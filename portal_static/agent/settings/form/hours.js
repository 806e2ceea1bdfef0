/** The hours of a week: drawn, and below it each day's exact times. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { clashing, DAYS, weekWith, WORKDAYS } from "../hours.js";
import { addTimes, timeFaults, times, timesProblem } from "./times.js";
import "./week.js";

/** @typedef {import("../form.js").Form} Form */

/** @param {string} problem */
const bad = (problem) => (problem ? html`<span class="hint bad">${icon("alert", 12)}<span>${problem}</span></span>` : nothing);

/** @param {Form} form @param {string} name @param {string} day @param {boolean} clash does something of it overlap? */
function dayLine(form, name, day, clash) {
  const path = `${name}.${day}`;
  const week = form.get(name) || {};
  const of = t(`day.${day}`);
  const open = Boolean(week[day]?.length);
  const put = (/** @type {any} */ pairs) => form.put(name, weekWith(week, { [day]: pairs }));
  const copy = () => form.put(name, weekWith(week, Object.fromEntries(WORKDAYS.map((each) => [each, week[day]]))));
  return html`<div class="day-line" role="group" aria-label=${of} data-day=${day}><span class="day-name w5">${of}</span>
    <div class="day-times">${open ? times(form, path, { of, put }) : html`<span class="i3 day-closed">${t("hours.closed")}</span>`}${bad(form.problem(path) || timesProblem(path, week[day] || []) || (clash ? t("fault.code.overlaps") : ""))}</div>
    ${form.locked ? nothing : html`<span class="day-acts">${open ? html`<button type="button" class="btn ghost square tiny" title=${t("hours.copy")} aria-label=${t("hours.copy_of", { day: of })} @click=${copy}>${icon("copy", 14)}</button>` : nothing}
      <button type="button" class="btn ghost square tiny day-add" title=${t("hours.add")} aria-label=${t("hours.add_on", { day: of })} @click=${() => addTimes(form, path)}>${icon("plus", 14)}</button></span>`}</div>`;
}

/** @param {Form} form @param {string} name @param {{label: string}} words */
export function hours(form, name, { label }) {
  const faults = () => DAYS.flatMap((day) => timeFaults(`${name}.${day}`, form.get(name)?.[day] || []));
  form.parts.set(name, { label, required: false, faults });
  const clash = new Set([...clashing(form.get(name) || {})].map((id) => id.split(".")[0]));
  return html`<fieldset class="field" id="set-${name}" ?data-invalid=${Boolean(form.problem(name, true))}><legend class="label">${label}</legend>
    ${bad(form.problem(name, true))}
    <settings-week .form=${form} name=${name} .held=${form.get(name)}></settings-week>
    ${form.locked ? nothing : html`<span class="hint" id="set-${name}-keys">${t("week.keys")}</span>`}
    <div class="day-lines">${DAYS.map((day) => dayLine(form, name, day, clash.has(day)))}</div></fieldset>`;
}
