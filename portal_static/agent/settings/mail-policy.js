/** The mail policy: one record, so its form is the whole screen. */
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
import { policy } from "./kept.js";
import { fresh, policyFields } from "./mail-policy-fields.js";
import { sectionTitle } from "./registry.js";

const SECTION = { records: policy, line: () => ({ title: sectionTitle("arrival") }) };

class MailPolicy extends Component {
  constructor() {
    super();
    this.watches(policy, session);
    /** @type {Form | null} */
    this.form = null;
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
    const row = policy.of("mail_policy");
    if (!row) return;
    if (this.form) return this.form.follow(row);
    this.form = new Form(SECTION, row, fresh());
    this.form.locked = !may("settings:write");
    this.end = this.form.watch(() => this.requestUpdate());
  }

  async save() {
    const { form } = this;
    if (!form || form.locked || !form.isDirty) return;
    const before = Object.fromEntries(Object.keys(form.changes).map((name) => [name, form.value.base[name]]));
    const row = await form.save();
    await this.updateComplete;
    if (row) saySaved(SECTION, row, before);
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
    return html`<section class="set-whole" aria-label=${sectionTitle("arrival")} @keydown=${this.press}>
      <header class="set-head"><a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut" tabindex="-1">${sectionTitle("arrival")}</h1><span class="grow"></span>${form && !form.locked ? this.buttons(form) : nothing}</header>
      <div class="set-body">${form ? this.fields(form) : this.waiting()}</div></section>`;
  }

  waiting() {
    const { state, slow, error } = policy.value;
    if (state === "failed") return failure(error, t("settings.list_failed"), () => policy.open());
    return slow ? messageBones() : nothing;
  }

  /** @param {Form} form */
  fields(form) {
    form.parts.clear();
    const fields = policyFields(form);
    return html`<form class="set-form" novalidate @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.save(); }}>
      <p class="i2">${t("settings.arrival.about")}</p>
      ${form.locked ? html`<div class="alert">${icon("lock")}<span>${t("settings.read_only")}</span></div>` : nothing}
      ${form.trouble ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${form.trouble}</span></div>` : nothing}
      ${form.value.conflict ? conflictCard(form, () => this.save()) : nothing}
      ${fields}<button hidden></button></form>`;
  }

  /** @param {Form} form */
  buttons(form) {
    return html`<div class="set-buttons">${form.isDirty ? html`<button class="btn second" @click=${() => form.discard()}>${t("unsaved.action")}</button>` : nothing}
      <button class="btn primary" ?disabled=${!form.isDirty || form.value.busy} @click=${this.save}>${t("settings.save")}${keycaps("mod+s")}</button></div>`;
  }
}

customElements.define("mail-policy", MailPolicy);
