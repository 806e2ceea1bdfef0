/** Formatted words in a form, with variables to put in. */
import { Component, html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { openMenu } from "../../../shared/parts/menu.js";
import { openLinkDialog } from "../../parts/link-dialog.js";
import { variableItems } from "../variables.js";
import "../../rich-editor.js";

const FORMATS = ["bold", "italic", "list", "quote"];

class SettingsWords extends Component {
  static properties = { form: { attribute: false }, name: {}, label: {}, tag: {}, note: { type: Boolean }, bare: { type: Boolean }, held: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../form.js").Form} */
    this.form = /** @type {any} */ (null);
    this.name = "";
    this.label = "";
    this.tag = "";
    this.note = false;
    this.bare = false; // no variables
    this.held = ""; // the value, so that others' changes draw it again
    this.shown = ""; // what the form holds, as far as the editor knows
    this.begun = ""; // the same as the editor writes it
  }

  /** @returns {any} */
  get editor() {
    return this.querySelector("rich-editor");
  }

  /** The form's value goes into the editor when it did not come from there. */
  async updated() {
    await this.editor?.updateComplete;
    const value = this.form.get(this.name) || "";
    if (!this.editor?.editor || value === this.shown) return;
    this.shown = value;
    this.editor.value = value;
    this.begun = this.editor.value;
  }

  typed() {
    const { value } = this.editor;
    if (this.form.locked || value === this.begun) return;
    this.begun = value;
    this.shown = value;
    this.form.put(this.name, value);
  }

  /** @param {Event} event */
  insert(event) {
    const range = this.editor.editor.getSelection();
    const put = (/** @type {string} */ name) => {
      this.editor.editor.focus();
      this.editor.editor.setSelection(range);
      this.editor.editor.insertPlainText(`{{${name}}}`);
      this.typed();
    };
    openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("words.variable"), items: variableItems(put), search: true });
  }

  render() {
    const { editor, form, label } = this;
    return html`<div class="words ${this.note ? "note" : ""}" ?inert=${form.locked} aria-invalid=${String(Boolean(form.problem(this.name)))}>
      ${form.locked ? nothing : html`<div class="words-bar" role="toolbar" aria-label=${t("reply.formats")}>
        ${FORMATS.map((format) => html`<button type="button" class="btn ghost square small" title=${t(`format.${format}`)} aria-label=${t(`format.${format}`)} aria-pressed=${String(Boolean(editor?.editor && editor.has(format)))}
          @mousedown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${() => editor.toggle(format)}>${icon(format)}</button>`)}
        <button type="button" class="btn ghost square small" title=${t("format.link")} aria-label=${t("format.link")} @mousedown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${() => openLinkDialog(editor)}>${icon("link")}</button>
        ${this.bare ? nothing : html`<span class="grow"></span>
        <button type="button" class="btn ghost small" aria-haspopup="menu" aria-expanded="false" @mousedown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${this.insert}>${icon("code")}${t("words.variable")}</button>`}</div>`}
      <rich-editor lang=${this.tag || nothing} .label=${label} @change=${(/** @type {Event} */ event) => { event.stopPropagation(); this.typed(); }} @format=${() => this.requestUpdate()}></rich-editor></div>`;
  }
}

/**
 * @param {import("../form.js").Form} form @param {string} name
 * @param {{label: string, required?: boolean, tag?: string, note?: boolean, plain?: boolean, bare?: boolean}} words `plain`: the label is said, not shown; `bare`: there are no variables
 */
export function words(form, name, { label, required = false, tag = "", note = false, plain = false, bare = false }) {
  form.parts.set(name, { label, required });
  const problem = form.problem(name);
  return html`<div class="field">${plain ? nothing : html`<span class="label">${label}</span>`}
    <settings-words id="set-${name}" .form=${form} name=${name} label=${label} tag=${tag} ?note=${note} ?bare=${bare} .held=${form.get(name)}></settings-words>
    ${problem ? html`<span class="hint bad" id="set-${name}-hint">${icon("alert", 12)}<span>${problem}</span></span>` : nothing}</div>`;
}

customElements.define("settings-words", SettingsWords);
