/** The editor of one record: its fields, what is wrong with them, what others changed meanwhile, and what stands beside. */
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { keycaps } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, messageBones } from "../../shared/parts/states.js";
import { session } from "../../shared/session.js";
import { router } from "../router.js";
import { bringBack, removeRow, sayMade, saySaved } from "./changes.js";
import { conflictCard } from "./conflict.js";
import { Form } from "./form.js";
import { guard, unsaved } from "./guard.js";
import { hrefTo, NEW, pathTo, place } from "./place.js";
import { sectionTitle } from "./registry.js";
import { mayWrite, titleOf } from "./section.js";

class SettingsEditor extends Component {
  static properties = { entry: { attribute: false }, section: { attribute: false }, record: { attribute: false } };

  constructor() {
    super();
    this.watches(session);
    /** @type {import("./registry.js").Entry} */
    this.entry = /** @type {any} */ (null);
    /** @type {import("./section.js").Section} */
    this.section = {};
    this.record = "";
    /** @type {Form | null} */
    this.form = null;
    this.opened = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.unguard = guard(
      () => (this.form?.isDirty ? unsaved() : this.section.holds?.() || null),
      () => {
        this.form?.discard();
        this.section.left?.(this.record);
      },
    );
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unguard?.();
    this.end?.();
    this.endForm?.();
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("section")) {
      this.end?.();
      const ends = [this.section.records, ...(this.section.watch || [])].map((store) => store?.watch(() => this.requestUpdate()));
      this.end = () => ends.forEach((end) => end?.());
    }
    this.follow();
  }

  /** Open what the address names, and keep up with it. */
  follow() {
    const { records, fresh } = this.section;
    const row = records?.of(this.record);
    const ready = records?.value.state === "ready" && (row || this.record === NEW);
    const opened = ready ? `${this.entry.id}/${this.record}?${this.record === NEW ? router.query : ""}` : "";
    if (opened !== this.opened) {
      if (this.opened) this.section.left?.(this.opened.split(/[/?]/)[1]);
      this.opened = opened;
      this.endForm?.();
      this.form = ready ? new Form(this.section, row || null, fresh?.(router.query) || {}) : null;
      this.endForm = this.form?.watch(() => this.requestUpdate());
      if (this.form) this.updateComplete.then(() => this.enter());
    } else if (row) this.form?.follow(row);
    if (this.form) this.form.locked = !mayWrite(this.section) || Boolean(row && (row.archived || this.section.fixed?.(row)));
  }

  /** The focus goes to the first field of a new one, and to the title where the editor is the whole screen. */
  enter() {
    if (!this.isConnected || !this.form) return;
    const whole = matchMedia("(max-width: 1279px)").matches;
    /** @type {HTMLElement} */ (this.querySelector(".set-body")).scrollTop = 0;
    const target = this.querySelector(".secret") ? ".secret button" : this.form?.isNew ? ".set-form :is(input, select, textarea):enabled" : whole ? "h1" : "";
    if (target) /** @type {HTMLElement | null} */ (this.querySelector(target))?.focus();
    document.title = `${this.heading} · ${sectionTitle(this.entry.id)}`;
  }

  get heading() {
    const row = this.form?.value.row;
    return row ? titleOf(this.section, row) : t(`settings.${this.entry.id}.new`);
  }

  async save() {
    const { form } = this;
    const at = document.activeElement;
    if (at instanceof HTMLInputElement && !["checkbox", "radio"].includes(at.type) && this.contains(at)) at.dispatchEvent(new Event("change", { bubbles: true })); // what is typed counts, though the field has the focus
    if (!form || form.locked || (!form.isNew && !form.isDirty)) return;
    const wasNew = form.isNew;
    const before = Object.fromEntries(Object.keys(form.changes).map((name) => [name, form.value.base[name]]));
    const row = await form.save();
    await this.updateComplete;
    if (!row) return /** @type {HTMLElement | null} */ (this.querySelector('[aria-invalid="true"], [data-invalid] input:enabled, .alert button'))?.focus();
    if (!wasNew) return saySaved(this.section, row, before);
    if (place().id === NEW) router.go(pathTo(this.entry.id, row.id), { replace: true });
    if (!this.section.made?.(row)) sayMade(this.entry.id, this.section, row);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const mod = event.ctrlKey || event.metaKey;
    if (!mod || (event.key !== "Enter" && event.key.toLowerCase() !== "s")) return;
    event.preventDefault();
    this.save();
  }

  render() {
    return html`<section class="set-editor" aria-label=${this.form ? this.heading : t("state.loading")} @keydown=${this.press}>${this.form ? this.editor(this.form) : this.waiting()}</section>`;
  }

  waiting() {
    const { state, slow, error } = /** @type {any} */ (this.section.records).value;
    const back = html`<a class="btn second" href=${hrefTo(this.entry.id)}>${t("state.refused.back", { view: sectionTitle(this.entry.id) })}</a>`;
    if (state === "failed") return failure(error, t("settings.list_failed"), () => this.section.records?.open(), back);
    if (state === "ready") return failure({ status: 404 }, "", () => {}, back);
    return slow ? messageBones() : nothing;
  }

  /** @param {Form} form */
  editor(form) {
    const row = form.value.row;
    const archived = Boolean(row?.archived);
    const fixed = archived ? t("archive.note") : row && this.section.fixed?.(row);
    const note = fixed || (form.locked ? t("settings.read_only") : "");
    form.parts.clear();
    const fields = this.section.form?.(form);
    const { trouble } = form;
    return html`<header class="set-head">
        <a class="btn ghost square back" href=${hrefTo(this.entry.id)} aria-label=${t("state.refused.back", { view: sectionTitle(this.entry.id) })}>${icon("left", 20)}</a>
        <h1 class="t16 cut" dir="auto" tabindex="-1">${this.heading}</h1><span class="grow"></span>
        ${row ? this.section.acts?.(row) : nothing}
        ${archived && row && mayWrite(this.section) ? html`<button class="btn second" @click=${() => bringBack(this.section, row)}>${icon("undo", 14)}${t("archive.bring_back")}</button>` : nothing}
        ${row && !form.locked && !this.section.kept
          ? html`<button class="btn ghost square" title=${t(this.section.records?.archives ? "archive.action" : "settings.remove.action")} aria-label=${t(this.section.records?.archives ? "archive.title" : "settings.remove.title", { name: this.heading })} @click=${() => removeRow(this.entry.id, this.section, row)}>${icon("trash")}</button>`
          : nothing}
        ${form.locked ? nothing : this.buttons(form)}
      </header>
      <div class="set-body"><form class="set-form" novalidate @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.save(); }}>
          ${note ? html`<div class="alert">${icon("lock")}<span>${note}</span></div>` : nothing}
          ${trouble ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${trouble}</span></div>` : nothing}
          ${form.value.conflict ? conflictCard(form, () => this.save()) : nothing}
          ${fields}<button hidden></button>
        </form>
        ${this.section.aside ? html`<aside class="set-aside" aria-label=${t("settings.aside")}>${this.section.aside(form)}</aside>` : nothing}</div>`;
  }

  /** @param {Form} form */
  buttons(form) {
    const idle = !form.isNew && !form.isDirty;
    return html`<div class="set-buttons">
      ${form.isDirty && !form.isNew ? html`<button class="btn second" @click=${() => form.discard()}>${t("unsaved.action")}</button>` : nothing}
      <button class="btn primary" ?disabled=${idle || form.value.busy} @click=${this.save}>${form.isNew ? t("settings.create") : t("settings.save")}${keycaps("mod+s")}</button></div>`;
  }
}

customElements.define("settings-editor", SettingsEditor);
