/** A list inside a form: rows in an order, moved by their handles, taken out, added. */
import { Component, html, nothing } from "../../../shared/element.js";
import { repeat } from "../../../vendor/lit-html/directives/repeat.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { Sorting } from "../sorting.js";

/** @typedef {import("../form.js").Form} Form */

let last = 0;

class SettingsRows extends Component {
  static properties = { form: { attribute: false }, name: {}, held: { attribute: false }, row: { attribute: false }, called: { attribute: false }, fixed: { type: Boolean }, said: { state: true } };

  constructor() {
    super();
    /** @type {Form} */
    this.form = /** @type {any} */ (null);
    this.name = "";
    /** @type {any} the value, so that changes draw it again */
    this.held = null;
    /** @type {(at: number) => any} */
    this.row = () => nothing;
    /** What a row is called. @type {(at: number) => string} */
    this.called = (at) => String(at + 1);
    this.fixed = false; // rows stay where they are
    this.said = "";
    /** @type {string[]} one for each row, so that rows keep their identity when they move */
    this.keys = [];
    this.sorting = new Sorting(this, { ids: () => this.keys, show: (keys) => this.arrange(keys), keep: () => {} });
  }

  /** @returns {any[]} */
  get values() {
    return this.form.get(this.name) || [];
  }

  willUpdate() {
    while (this.keys.length < this.values.length) this.keys.push(`r${(last += 1)}`);
    if (this.keys.length > this.values.length) this.keys = this.keys.slice(0, this.values.length);
  }

  /** @param {string[]} keys */
  arrange(keys) {
    const { values } = this;
    const next = keys.map((key) => values[this.keys.indexOf(key)]);
    this.keys = keys;
    this.form.put(this.name, next);
    this.requestUpdate();
  }

  /** @param {number} at */
  drop(at) {
    this.keys = this.keys.filter((_, each) => each !== at);
    this.form.put(this.name, this.values.filter((_, each) => each !== at));
    this.requestUpdate();
    this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelectorAll(".line-drop")[Math.min(at, this.keys.length - 1)])?.focus());
  }

  /** @param {KeyboardEvent} event @param {string} key @param {string} name */
  press(event, key, name) {
    const to = this.sorting.press(event, key);
    if (to >= 0) this.said = t("settings.moved", { name, at: to + 1, of: this.keys.length });
  }

  render() {
    const open = !this.form.locked;
    return html`<span class="said" role="status">${this.said}</span><ul class="lines">${repeat(this.keys, (key) => key, (key, at) => html`<li class="line" data-id=${key} ?data-moving=${this.sorting.moving === key}>
      ${open && !this.fixed
        ? html`<button type="button" class="set-grip" aria-label=${t("settings.move", { name: this.called(at) })} title=${t("settings.move_hint")}
            @pointerdown=${(/** @type {PointerEvent} */ event) => this.sorting.grab(event, key)} @keydown=${(/** @type {KeyboardEvent} */ event) => this.press(event, key, this.called(at))}>${icon("grip")}</button>`
        : nothing}
      <div class="line-body">${this.row(at)}${problemOf(this.form, `${this.name}.${at}`)}</div>
      ${open ? html`<button type="button" class="btn ghost square small line-drop" aria-label=${t("rows.drop", { name: this.called(at) })} @click=${() => this.drop(at)}>${icon("x", 14)}</button>` : nothing}
    </li>`)}</ul>`;
  }
}

/** @param {Form} form @param {string} name */
function problemOf(form, name) {
  const problem = form.problem(name);
  return problem ? html`<span class="hint bad">${icon("alert", 12)}<span>${problem}</span></span>` : nothing;
}

/**
 * @param {Form} form @param {string} name
 * @param {{label: string, hint?: any, required?: boolean, empty?: string, fixed?: boolean, row: (at: number) => any, called: (at: number) => string, add?: any}} words
 */
export function rows(form, name, { label, hint, required = false, empty = "", fixed = false, row, called, add = nothing }) {
  form.parts.set(name, { label, required });
  const problem = form.problem(name, true);
  const none = !(form.get(name) || []).length;
  return html`<fieldset class="field" id="set-${name}" ?data-invalid=${Boolean(problem)}><legend class="label">${label}</legend>
    ${problem ? html`<span class="hint bad" id="set-${name}-hint">${icon("alert", 12)}<span>${problem}</span></span>` : hint ? html`<span class="hint">${hint}</span>` : nothing}
    <settings-rows .form=${form} name=${name} .row=${row} .called=${called} ?fixed=${fixed} .held=${form.get(name)}></settings-rows>
    ${none && empty ? html`<p class="i3">${empty}</p>` : nothing}
    ${form.locked ? nothing : add}</fieldset>`;
}

customElements.define("settings-rows", SettingsRows);
