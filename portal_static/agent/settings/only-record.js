/** A setting of which there is one: its form is the whole screen. */
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { keycaps } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, messageBones } from "../../shared/parts/states.js";
import { may, session } from "../../shared/session.js";
import { router } from "../router.js";
import { saySaved } from "./changes.js";
import { conflictCard } from "./conflict.js";
import { Form } from "./form.js";
import { guard, unsaved } from "./guard.js";
import { sectionTitle } from "./registry.js";

/** @typedef {import("./section.js").Section & {records: import("./records.js").Records}} Section */

/** A kind of it says its id in the menu, its records, the id of the one among them, its fresh values and its fields. */
export class OnlyRecord extends Component {
  /** @param {string} id @param {string} row @param {Section} section */
  constructor(id, row, section) {
    super();
    this.id_ = id;
    this.row = row;
    this.section = { line: () => ({ title: sectionTitle(id) }), ...section };
    this.watches(section.records, session, ...(section.watch || []));
    /** @type {Form | null} */
    this.form = null;
  }

  get records() {
    return this.section.records;
  }

  connectedCallback() {
    super.connectedCallback();
    this.unguard = guard(() => (this.form?.isDirty ? unsaved() : null), () => this.form?.discard());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unguard?.();
    this.end?.();
    this.form = null;
  }

  willUpdate() {
    const row = this.records.of(this.row);
    if (!row) return;
    if (this.form) return this.form.follow(row);
    this.form = new Form(this.section, row, this.section.fresh?.(new URLSearchParams()) || {});
    this.form.locked = !may("settings:write");
    this.end = this.form.watch(() => this.requestUpdate());
  }

  async save() {
    const { form } = this;
    if (!form || form.locked || !form.isDirty) return;
    const before = Object.fromEntries(Object.keys(form.changes).map((name) => [name, form.value.base[name]]));
    const row = await form.save();
    await this.updateComplete;
    if (row) saySaved(this.section, row, before);
    else /** @type {HTMLElement | null} */ (this.querySelector('[aria-invalid="true"], .alert button'))?.focus();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const mod = event.ctrlKey || event.metaKey;
    if (!mod || (event.key !== "Enter" && event.key.toLowerCase() !== "s")) return;
    event.preventDefault();
    this.save();
  }

  render() {
    const { form } = this;
    return html`<section class="set-whole" aria-label=${sectionTitle(this.id_)} @keydown=${this.press}>
      <header class="set-head"><a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut" tabindex="-1">${sectionTitle(this.id_)}</h1><span class="grow"></span>${form && !form.locked ? this.buttons(form) : nothing}</header>
      <div class="set-body">${form ? this.fields(form) : this.waiting()}</div></section>`;
  }

  waiting() {
    const { state, slow, error } = this.records.value;
    if (state === "failed") return failure(error, t("settings.list_failed"), () => this.records.open());
    return slow ? messageBones() : nothing;
  }

  /** @param {Form} form */
  fields(form) {
    form.parts.clear();
    const fields = this.section.form?.(form);
    return html`<form class="set-form" novalidate @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.save(); }}>
      <p class="i2">${t(`settings.${this.id_}.about`)}</p>
      ${form.locked ? html`<div class="alert">${icon("lock")}<span>${t("settings.read_only")}</span></div>` : nothing}
      ${form.trouble ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${form.trouble}</span></div>` : nothing}
      ${form.value.conflict ? conflictCard(form, () => this.save()) : nothing}
      ${fields}<button hidden></button></form>
      ${this.section.aside ? html`<aside class="set-aside" aria-label=${t("settings.aside")}>${this.section.aside(form)}</aside>` : nothing}`;
  }

  /** @param {Form} form */
  buttons(form) {
    return html`<div class="set-buttons">${form.isDirty ? html`<button class="btn second" @click=${() => form.discard()}>${t("unsaved.action")}</button>` : nothing}
      <button class="btn primary" ?disabled=${!form.isDirty || form.value.busy} @click=${this.save}>${t("settings.save")}${keycaps("mod+s")}</button></div>`;
  }
}
