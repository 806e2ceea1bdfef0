/** Days that are not as their weekday is: closed, shorter, or open though it is a holiday. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { valueOf } from "./parts.js";
import { append, plusButton } from "./pick.js";
import { rows } from "./rows.js";
import { addTimes, timeFaults, times, timesProblem } from "./times.js";

/** @typedef {import("../form.js").Form} Form */

/** @param {Form} form @param {string} name @param {number} at */
function line(form, name, at) {
  const path = `${name}.${at}`;
  const one = form.get(path);
  if (!one) return nothing;
  const of = one.name || one.date || String(at + 1);
  const put = (/** @type {any} */ pairs) => form.put(`${path}.hours`, pairs);
  const input = (/** @type {string} */ key) => (/** @type {Event} */ event) => form.put(`${path}.${key}`, valueOf(event));
  const problem = form.problem(`${path}.hours`) ? "" : timesProblem(`${path}.hours`, one.hours);
  return html`<div class="exception"><input class="input" type="date" name="${path}.date" aria-label=${t("exceptions.date", { n: at + 1 })} .value=${one.date} ?disabled=${form.locked} aria-invalid=${String(Boolean(form.problem(`${path}.date`)))} @change=${input("date")} />
    <input class="input" name="${path}.name" aria-label=${t("exceptions.name", { n: at + 1 })} placeholder=${t("exceptions.name_example")} maxlength="100" dir="auto" autocomplete="off" .value=${one.name} ?disabled=${form.locked} aria-invalid=${String(Boolean(form.problem(`${path}.name`)))} @input=${input("name")} />
    <div class="day-times">${one.hours.length ? times(form, `${path}.hours`, { of, put }) : html`<span class="tag large">${t("hours.closed")}</span>`}
      ${form.locked ? nothing : html`<button type="button" class="btn ghost tiny" aria-label=${t("hours.add_on", { day: of })} @click=${() => addTimes(form, `${path}.hours`)}>${icon("plus", 14)}${t("hours.add")}</button>`}
      ${problem ? html`<span class="hint bad">${icon("alert", 12)}<span>${problem}</span></span>` : nothing}</div></div>`;
}

/** What is missing, before the server is asked. @param {Form} form @param {string} name */
const faults = (form, name) => (form.get(name) || []).flatMap((/** @type {any} */ { date, hours }, /** @type {number} */ at) => [
  ...(date ? [] : [{ pointer: `/${name}/${at}/date`, code: "not_a_date", message: "" }]),
  ...timeFaults(`${name}.${at}.hours`, hours),
]);

/** @param {Form} form @param {string} name */
export function exceptions(form, name) {
  const part = rows(form, name, {
    label: t("settings.field.exceptions"), hint: t("exceptions.hint"), fixed: true,
    called: (at) => form.get(`${name}.${at}.name`) || form.get(`${name}.${at}.date`) || String(at + 1),
    row: (at) => line(form, name, at),
    add: plusButton(t("exceptions.add"), () => append(form, name, { date: "", name: "", hours: [] })),
  });
  form.parts.set(name, { label: t("settings.field.exceptions"), required: false, faults: () => faults(form, name) });
  return part;
}
