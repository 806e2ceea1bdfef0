/** The fields that forms of the settings are made of. Each takes the form, the name of its value, and its words. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {{label: string, hint?: any, required?: boolean, optional?: boolean, placeholder?: string, most?: number, mono?: boolean, disabled?: boolean}} Words */
/** @typedef {{id: string, label: string, hint?: string, disabled?: boolean, forced?: boolean}} Option */

/** @param {Form} form @param {string} name @param {Words} words */
function declare(form, name, { label, required = false }) {
  form.parts.set(name, { label, required });
  return { problem: form.problem(name), id: `set-${name}` };
}

/** What stands below a field: what is wrong, or a hint. @param {string} id @param {string} problem @param {any} [hint] */
function below(id, problem, hint) {
  if (problem) return html`<span class="hint bad" id="${id}-hint">${icon("alert", 12)}<span>${problem}</span></span>`;
  return hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing;
}

/** @param {Words} words */
export const caption = ({ label, optional }) => html`${label}${optional ? html` <small>${t("new.optional")}</small>` : nothing}`;

/**
 * The frame of every field with one control.
 * @param {Form} form @param {string} name @param {Words} words
 * @param {(about: {id: string, invalid: string, described: any, disabled: boolean}) => any} control
 */
export function field(form, name, words, control) {
  const { problem, id } = declare(form, name, words);
  const described = problem || words.hint ? `${id}-hint` : nothing;
  const disabled = form.locked || Boolean(words.disabled);
  return html`<div class="field"><label class="label" for=${id}>${caption(words)}</label>
    ${control({ id, invalid: String(Boolean(problem)), described, disabled })}${below(id, problem, words.hint)}</div>`;
}

/** The value of the control that an event came from. @param {Event} event */
export const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** One line. @param {Form} form @param {string} name @param {Words & {type?: string, min?: number}} words */
export function text(form, name, words) {
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<input class="input ${words.mono ? "mono" : ""}" id=${id} name=${name} dir="auto" autocomplete="off"
    type=${words.type || "text"} maxlength=${words.most || 250} placeholder=${words.placeholder || ""} .value=${String(form.get(name) ?? "")}
    ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described} @input=${(/** @type {Event} */ event) => form.put(name, valueOf(event))} />`);
}

/** A whole number, or null. @param {Form} form @param {string} name @param {Words} words */
export function number(form, name, words) {
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<input class="input short" id=${id} name=${name} inputmode="numeric" autocomplete="off" placeholder=${words.placeholder || ""}
    .value=${String(form.get(name) ?? "")} ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described}
    @input=${(/** @type {Event} */ event) => form.put(name, whole(valueOf(event)))} />`);
}

/** @param {string} typed */
const whole = (typed) => (typed.trim() === "" ? null : /^\d+$/.test(typed.trim()) ? Number(typed) : typed);

/** Several lines. @param {Form} form @param {string} name @param {Words & {rows?: number}} words */
export function longText(form, name, words) {
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<textarea class="input ${words.mono ? "mono" : ""} ${(words.rows || 4) < 3 ? "few" : ""}" id=${id} name=${name} dir="auto" rows=${words.rows || 4}
    maxlength=${words.most || 20_000} placeholder=${words.placeholder || ""} .value=${String(form.get(name) ?? "")} ?disabled=${disabled}
    aria-invalid=${invalid} aria-describedby=${described} @input=${(/** @type {Event} */ event) => form.put(name, valueOf(event))}></textarea>`);
}

/** A list of short texts, one a line; null when there is none. @param {Form} form @param {string} name @param {Words} words */
export function lines(form, name, words) {
  const keep = (/** @type {Event} */ event) => form.put(name, valueOf(event).split("\n"));
  const tidy = () => form.put(name, orNull((form.get(name) || []).map((/** @type {string} */ line) => line.trim()).filter(Boolean)));
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<textarea class="input mono few" id=${id} name=${name} rows="2" spellcheck="false" placeholder=${words.placeholder || ""}
    .value=${(form.get(name) || []).join("\n")} ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described} @input=${keep} @change=${tidy}></textarea>`);
}

/** @param {string[]} list */
const orNull = (list) => (list.length ? list : null);

/** One of some. "" stands for null. @param {Form} form @param {string} name @param {Words & {options: Option[], none?: string}} words */
export function select(form, name, words) {
  const chosen = form.get(name) ?? "";
  const options = words.none === undefined ? words.options : [{ id: "", label: words.none }, ...words.options];
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<select class="input" id=${id} name=${name} ?disabled=${disabled} aria-invalid=${invalid}
    aria-describedby=${described} @change=${(/** @type {Event} */ event) => form.put(name, valueOf(event) || null)}>
    ${options.map((option) => html`<option value=${option.id} ?disabled=${option.disabled && option.id !== chosen} .selected=${option.id === chosen}>${option.label}</option>`)}</select>`);
}

/** On or off. `flip` shows the contrary of what is kept. @param {Form} form @param {string} name @param {Words & {flip?: boolean}} words */
export function toggle(form, name, words) {
  const { problem, id } = declare(form, name, words);
  const on = Boolean(form.get(name)) !== Boolean(words.flip);
  const turn = (/** @type {Event} */ event) => form.put(name, /** @type {HTMLInputElement} */ (event.target).checked !== Boolean(words.flip));
  return html`<div class="field"><label class="check"><input type="checkbox" role="switch" id=${id} name=${name} .checked=${on} ?disabled=${form.locked || words.disabled}
    aria-describedby=${problem || words.hint ? `${id}-hint` : nothing} @change=${turn} /><span class="w5">${words.label}</span></label>
    ${below(id, problem, words.hint)}</div>`;
}

/**
 * Any of some, in groups where there are several; kept as a list, or null when nothing is chosen and `nullable`.
 * @param {Form} form @param {string} name
 * @param {Words & {groups: {label?: string, options: Option[]}[], nullable?: boolean, none?: string}} words
 */
export function checks(form, name, words) {
  const { problem, id } = declare(form, name, words);
  /** @type {string[]} */
  const chosen = form.get(name) || [];
  const all = words.groups.flatMap(({ options }) => options);
  /** @param {string} one @param {boolean} on */
  const turn = (one, on) => {
    const next = on ? [...chosen, one] : chosen.filter((each) => each !== one);
    form.put(name, next.length || !words.nullable ? next : null);
  };
  return html`<fieldset class="field" id=${id} aria-describedby=${problem || words.hint ? `${id}-hint` : nothing} ?data-invalid=${Boolean(problem)}>
    <legend class="label">${caption(words)}</legend>${below(id, problem, words.hint)}
    ${all.length ? nothing : html`<p class="i3">${words.none}</p>`}
    ${words.groups.map(({ label, options }) => html`${label ? html`<div class="check-group">${label}</div>` : nothing}
      <div class="checks">${options.map((option) => check(form, name, option, chosen.includes(option.id), turn))}</div>`)}
  </fieldset>`;
}

/** @param {Form} form @param {string} name @param {Option} option @param {boolean} on @param {(one: string, on: boolean) => void} turn */
function check(form, name, option, on, turn) {
  return html`<label class="check"><input type="checkbox" name="${name}:${option.id}" .checked=${on || Boolean(option.forced)} ?disabled=${form.locked || option.disabled || option.forced}
    @change=${(/** @type {Event} */ event) => turn(option.id, /** @type {HTMLInputElement} */ (event.target).checked)} />
    <span class="grow"><span dir="auto">${option.label}</span>${option.hint ? html`<span class="check-hint">${option.hint}</span>` : nothing}</span></label>`;
}
