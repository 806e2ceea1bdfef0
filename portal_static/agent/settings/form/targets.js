/** What is promised: a time for each priority and each thing that a customer waits for. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { inUse, priorities } from "../kept.js";
import { priorityLabel } from "../labels.js";
import { prioritySign } from "../previews.js";
import { minutesIn, spanText } from "../spans.js";
import { valueOf } from "./parts.js";
import { choose, settle, writing } from "./times.js";

/** @typedef {import("../form.js").Form} Form */

export const TARGETS = ["first_response", "next_response", "update", "resolution"];

/** Minutes as they are written; what is no time stays as it was typed. @param {any} kept */
const shown = (kept) => (typeof kept === "number" ? spanText(kept) : kept ?? "");

/** Minutes, or what was typed while it is none. @param {string} typed */
function kept(typed) {
  const minutes = minutesIn(typed);
  return Number.isNaN(minutes) ? typed : minutes;
}

/** @param {any} value */
const isWrong = (value) => typeof value === "string" && Number.isNaN(minutesIn(value));

/** What is wrong in one cell, in words, once nobody writes there any more. @param {Form} form @param {string} path */
const problemIn = (form, path) => form.problem(path) || (isWrong(form.get(path)) && !writing(path) ? t("targets.wrong") : "");

/** @param {Form} form @param {string} name @param {any} priority @param {string} target */
function cell(form, name, priority, target) {
  const path = `${name}.${target}.${priority.id}`;
  const problem = problemIn(form, path);
  const heading = t(`target.${target}`);
  return html`<td><span class="cell-label" aria-hidden="true">${heading}</span><input class="input num" name=${path} aria-label="${priorityLabel(priority)}, ${heading}" autocomplete="off" spellcheck="false" maxlength="24" placeholder="–"
    .value=${shown(form.get(path))} ?disabled=${form.locked} aria-invalid=${String(Boolean(problem))} aria-describedby=${problem ? `set-${name}-${priority.id}-hint` : nothing}
    @focus=${choose} @blur=${() => form.merge({})} @input=${(/** @type {Event} */ event) => form.put(path, valueOf(event))} @change=${(/** @type {Event} */ event) => settle(form, path, kept(valueOf(event)))} /></td>`;
}

/** @param {Form} form @param {string} name @param {any} priority */
function line(form, name, priority) {
  const wrong = TARGETS.map((target) => ({ target, problem: problemIn(form, `${name}.${target}.${priority.id}`) })).filter(({ problem }) => problem);
  return html`<tr><th scope="row"><span class="badge">${prioritySign(priority)}<span class="cut" dir="auto">${priorityLabel(priority)}</span></span></th>${TARGETS.map((target) => cell(form, name, priority, target))}</tr>
    ${wrong.length ? html`<tr class="cell-problem" id="set-${name}-${priority.id}-hint"><td colspan=${TARGETS.length + 1}>${wrong.map(({ target, problem }) => html`<span class="hint bad">${icon("alert", 12)}<span>${t(`target.${target}`)}: ${problem}</span></span>`)}</td></tr>` : nothing}`;
}

/** Cells whose words are no time. @param {Form} form @param {string} name */
function faults(form, name) {
  const all = Object.entries(form.get(name) || {}).flatMap(([target, own]) => Object.entries(own || {}).map(([id, value]) => ({ pointer: `/${name}/${target}/${id}`, value })));
  const wrong = all.filter(({ value }) => isWrong(value)).map(({ pointer }) => ({ pointer, code: "not_a_span", message: t("targets.wrong") }));
  const none = all.every(({ value }) => value === null || value === "");
  return none ? [{ pointer: `/${name}`, code: "missing", message: "" }] : wrong;
}

/** @param {Form} form @param {string} name @param {{label: string, hint: string}} words */
export function targets(form, name, { label, hint }) {
  form.parts.set(name, { label, required: false, faults: () => faults(form, name) });
  const problem = form.problem(name, true);
  return html`<fieldset class="field" id="set-${name}" ?data-invalid=${Boolean(problem)}><legend class="label">${label}</legend>
    ${problem ? html`<span class="hint bad">${icon("alert", 12)}<span>${problem}</span></span>` : nothing}
    <table class="targets"><thead><tr><th scope="col">${t("settings.field.priority")}</th>${TARGETS.map((target) => html`<th scope="col">${t(`target.${target}`)}</th>`)}</tr></thead>
      <tbody>${inUse(priorities).map((priority) => line(form, name, priority))}</tbody></table>
    <span class="hint">${hint}</span></fieldset>`;
}

/** As the API takes them. @param {Record<string, Record<string, any>>} all */
export const targetsBody = (all) => Object.fromEntries(TARGETS.map((target) => [target, Object.fromEntries(Object.entries(all[target] || {}).map(([id, value]) => [id, typeof value === "string" ? minutesIn(value) : value]).filter(([, value]) => value !== null))]).filter(([, own]) => Object.keys(/** @type {any} */ (own)).length));
