/** Choosing a person, a company or a ticket for a custom field: type, then take one of what is found. */
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { Finder } from "../state/finder.js";
import { KINDS, learnName, referenceName, references } from "../state/references.js";

/** Holds its value in an input of the given name, and tells "change" like one. */
class ReferenceInput extends Component {
  static properties = {
    kind: {}, name: {}, label: {}, value: {}, described: {}, invalid: { type: Boolean }, disabled: { type: Boolean },
    found: { state: true }, at: { state: true }, none: { state: true },
  };

  constructor() {
    super();
    this.watches(references);
    /** @type {import("../state/references.js").Kind} */
    this.kind = "person";
    this.name = this.label = this.described = "";
    /** @type {string | null} */
    this.value = null;
    this.invalid = this.disabled = this.none = false;
    /** @type {any[]} */
    this.found = [];
    this.at = 0;
    this.finder = new Finder((hits, asked) => this.show(hits, asked));
  }

  /** @param {InputEvent} event */
  type(event) {
    event.stopPropagation();
    this.finder.ask(/** @type {HTMLInputElement} */ (event.target).value, KINDS[this.kind].found);
  }

  /** @param {any[]} hits @param {boolean} asked */
  show(hits, asked) {
    this.found = hits.map((hit) => hit[this.kind]);
    this.none = asked && !this.found.length;
    this.at = 0;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.found.length;
    if (step && count) this.at = (this.at + step + count) % count;
    else if (event.key === "Enter" && this.found[this.at]) this.take(this.found[this.at]);
    else if (event.key === "Escape" && count) this.found = [];
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {any} thing null for none */
  async take(thing) {
    if (thing) learnName(this.kind, thing);
    this.value = thing?.id ?? null;
    this.found = [];
    this.none = false;
    await this.updateComplete;
    const next = /** @type {HTMLElement | null} */ (this.querySelector("input:not([type=hidden]), button"));
    next?.focus();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  render() {
    const held = html`<input type="hidden" name=${this.name} .value=${this.value || ""} />`;
    return html`${held}${this.value ? this.chosen(this.value) : this.search()}`;
  }

  /** @param {string} id */
  chosen(id) {
    const name = referenceName(this.kind, id);
    return html`<span class="row g8 reference-chosen"><span class="cut grow" dir="auto">${name}</span>
      ${this.disabled ? nothing : html`<button type="button" class="btn ghost tiny square" aria-label=${t("field.clear", { name })} @click=${() => this.take(null)}>${icon("x", 12)}</button>`}</span>`;
  }

  search() {
    const list = `${this.name}-found`;
    return html`<input class="input" id=${this.name} role="combobox" aria-expanded=${String(this.found.length > 0)} aria-controls=${list} aria-label=${this.label} aria-activedescendant=${this.found.length ? `${list}-${this.at}` : nothing}
        aria-invalid=${String(this.invalid)} aria-describedby=${this.described || nothing} ?disabled=${this.disabled} placeholder=${t(`field.find.${this.kind}`)} autocomplete="off" dir="auto" @input=${this.type} @change=${(/** @type {Event} */ event) => event.stopPropagation()} @keydown=${this.press} />
      <div id=${list} role="listbox" aria-label=${this.label} class="choose-found">${this.found.map((thing, at) => html`<button type="button" class="item ${at === this.at ? "on" : ""}" id="${list}-${at}" role="option" tabindex="-1" aria-selected=${String(at === this.at)} @click=${() => this.take(thing)}>
        <span class="cut grow" dir="auto">${KINDS[this.kind].name(thing)}</span>${thing.email ? html`<bdi class="t12 i3 cut">${thing.email}</bdi>` : nothing}</button>`)}</div>
      ${this.none ? html`<span class="hint" role="status">${t("menu.nothing")}</span>` : nothing}`;
  }
}

customElements.define("reference-input", ReferenceInput);
