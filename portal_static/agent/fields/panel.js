/** Topic, type and custom fields of the open ticket, edited in place. */
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { fieldInput, fieldProblem, valueIn } from "../../shared/parts/field-input.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { say } from "../../shared/parts/toast.js";
import { may } from "../../shared/session.js";
import { setProperty } from "../state/changes.js";
import { definitionOf, definitions, definitionsRead, topicOf, topicPath, TYPES } from "../state/definitions.js";
import { references } from "../state/references.js";
import { refused } from "../state/undo.js";
import { plainValue } from "../state/words.js";
import "./reference-input.js";

/** @typedef {import("../state/tickets.js").Ticket} Ticket */

const AT_ONCE = new Set(["select", "tree", "boolean", "date", "multi_select", "person", "company", "ticket"]); // saved when chosen, others when left

class FieldsPanel extends Component {
  static properties = { ticket: {}, open: { state: true }, error: { state: true }, applies: { state: true } };

  constructor() {
    super();
    this.watches(definitions, references);
    /** @type {any} */
    this.ticket = null;
    this.open = "";
    /** @type {any} */
    this.error = null;
    this.of = "";
    this.saving = "";
    this.applies = false;
    this.wanted = (/** @type {Event} */ event) => this.edit(/** @type {CustomEvent} */ (event).detail);
  }

  connectedCallback() {
    super.connectedCallback();
    definitionsRead();
    document.addEventListener("fill-field", this.wanted);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("fill-field", this.wanted);
  }

  willUpdate() {
    if (this.ticket?.id === this.of) return;
    this.of = this.ticket?.id;
    this.open = "";
    this.error = null;
  }

  /** @param {string} id */
  async edit(id) {
    this.open = id;
    this.error = null;
    await this.updateComplete;
    const control = /** @type {HTMLElement | null} */ (this.querySelector(`#field-${id}, [name="field-${id}"]:not([type=hidden]), reference-input button`));
    control?.focus();
    control?.scrollIntoView({ block: "nearest" });
  }

  /** @param {any} field */
  async save(field) {
    if (this.saving === field.id) return; // a choice is told when it is made, and when the focus leaves
    const value = valueIn(field, this, `field-${field.id}`);
    const before = this.ticket.fields[field.id] ?? null;
    if (JSON.stringify(value) === JSON.stringify(before) || (value === false && before === null)) return this.close(field);
    this.saving = field.id;
    try {
      await setProperty(this.ticket.id, { fields: { [field.id]: value } }, field.label);
      this.close(field);
    } catch (error) {
      this.error = error;
      if (!fieldProblem(error, field.id)) this.close(field);
      if (!fieldProblem(error, field.id)) say({ bad: true, text: t("change.failed", { words: field.label, number: String(this.ticket.number), reason: /** @type {any} */ (error).detail || t("change.offline") }) });
    } finally {
      this.saving = "";
    }
  }

  /** @param {any} field */
  close(field) {
    if (this.open !== field.id) return;
    const inside = this.contains(document.activeElement);
    this.open = "";
    this.error = null;
    if (inside) this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector(`[data-field="${field.id}"]`))?.focus());
  }

  /** @param {KeyboardEvent} event @param {any} field */
  press(event, field) {
    if (event.key === "Escape") this.close(field);
    else if (event.key === "Enter" && field.type !== "long_text") this.save(field);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {FocusEvent} event @param {any} field */
  left(event, field) {
    const row = /** @type {HTMLElement} */ (event.currentTarget);
    if (this.open === field.id && !row.contains(/** @type {Node | null} */ (event.relatedTarget))) this.save(field);
  }

  render() {
    const { ticket } = this;
    const { asked = [], required = [], read_only: fixed = [] } = ticket?.field_rules || {};
    const others = Object.keys(ticket?.fields || {}).filter((id) => !asked.includes(id) && definitionOf(id));
    return html`<dl class="facts">
      <dt>${t("ticket.topic")}</dt><dd>${this.choice("topic_id", topicPath(ticket.topic_id), () => this.topics())}</dd>
      <dt>${t("ticket.type")}</dt><dd>${this.choice("type", ticket.type ? t(`type.${ticket.type}`) : "", () => this.types())}</dd>
      ${[...asked, ...others].map((id) => this.field(definitionOf(id), { required: required.includes(id), fixed: fixed.includes(id) }))}
    </dl>`;
  }

  /** @param {string} name @param {string} shown @param {() => import("../../shared/parts/menu.js").Item[]} items */
  choice(name, shown, items) {
    const text = shown ? html`<span class="cut" dir="auto">${shown}</span>` : html`<span class="i3">${t("fields.empty")}</span>`;
    if (!may("tickets:write")) return text;
    return html`<button class="edit" data-control=${name} aria-haspopup="menu" aria-expanded="false"
      @click=${(/** @type {Event} */ event) => this.choose(/** @type {HTMLElement} */ (event.currentTarget), name, items)}>${text}<span class="grow"></span>${icon("draft", 12)}</button>`;
  }

  /** @param {HTMLElement} button @param {string} name @param {() => import("../../shared/parts/menu.js").Item[]} items */
  async choose(button, name, items) {
    await definitionsRead();
    openMenu(button, { label: t(name === "type" ? "ticket.type" : "ticket.topic"), items: items(), search: name === "topic_id" });
  }

  topics() {
    const open = definitions.value.topics.filter((topic) => !topic.archived || topic.id === this.ticket.topic_id);
    const also = this.applies ? { apply_topic: true } : {};
    const all = open.map((topic) => ({ label: topicPath(topic.id), checked: topic.id === this.ticket.topic_id, run: () => this.set({ topic_id: topic.id, ...also }, "ticket.topic") }));
    const applies = { label: t("fields.apply_topic"), checked: this.applies, line: true, run: () => this.toggleApplies() };
    return [...all, applies, { label: t("fields.no_topic"), icon: icon("x"), checked: !topicOf(this.ticket.topic_id), run: () => this.set({ topic_id: null }, "ticket.topic") }];
  }

  /** Whether a topic chosen here also gives the ticket its team, priority and the rest; the menu stays open. */
  async toggleApplies() {
    this.applies = !this.applies;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("[data-control=topic_id]"))?.click();
  }

  types() {
    const all = TYPES.map((type) => ({ label: t(`type.${type}`), checked: type === this.ticket.type, run: () => this.set({ type }, "ticket.type") }));
    return [...all, { label: t("fields.no_type"), icon: icon("x"), checked: !this.ticket.type, run: () => this.set({ type: null }, "ticket.type") }];
  }

  /** @param {Record<string, any>} patch @param {string} name */
  async set(patch, name) {
    await setProperty(this.ticket.id, patch, t(name)).catch((error) => refused(this.ticket.id, error));
  }

  /** @param {any} field @param {{required: boolean, fixed: boolean}} rules */
  field(field, { required, fixed }) {
    if (!field) return nothing;
    const value = this.ticket.fields?.[field.id];
    const empty = value === undefined || value === null || value === "";
    const shown = html`<span class="cut" dir="auto">${empty ? html`<span class="i3">${t("fields.empty")}</span>` : plainValue(`fields.${field.id}`, value)}</span>`;
    const label = html`<dt title=${field.help || field.label} class="cut"><span class="cut">${field.label}</span></dt>`;
    if (fixed || !may("tickets:write")) return html`${label}<dd title=${fixed ? t("fields.fixed") : ""}>${shown}${fixed ? html`<span class="i3">${icon("lock", 12)}</span>` : nothing}</dd>`;
    if (this.open === field.id) return this.editor(field, value);
    return html`${label}<dd><button class="edit" data-field=${field.id} aria-label="${field.label}: ${empty ? t("fields.empty") : plainValue(`fields.${field.id}`, value)}" @click=${() => this.edit(field.id)}>${shown}
      ${required && empty ? html`<span class="c-amber row" title=${t("fields.needed")}>${icon("alert", 12)}<span class="said">${t("fields.needed")}</span></span>` : nothing}<span class="grow"></span>${icon("draft", 12)}</button></dd>`;
  }

  /** @param {any} field @param {any} value */
  editor(field, value) {
    const problem = fieldProblem(this.error, field.id);
    const name = `field-${field.id}`;
    return html`<dt class="field-open"><label for=${name}>${field.label}</label></dt>
      <dd class="field-open" @keydown=${(/** @type {KeyboardEvent} */ event) => this.press(event, field)} @focusout=${(/** @type {FocusEvent} */ event) => this.left(event, field)}
        @change=${() => AT_ONCE.has(field.type) && field.type !== "multi_select" && field.type !== "date" && this.save(field)}>
        ${fieldInput(field, value, { name, invalid: Boolean(problem), described: `${name}-hint` })}
        <span class="hint ${problem ? "bad" : ""}" id="${name}-hint">${problem ? html`${icon("alert", 12)}${problem}` : field.help}</span></dd>`;
  }
}

customElements.define("desk-fields", FieldsPanel);
