/** The frame of dialogs about a ticket's relations: a title, what went wrong, and one thing to do. */
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { keycaps } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { closeDialog, ui } from "../state/ui.js";

export class RelationDialog extends Component {
  static properties = { busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.busy = false;
    /** @type {any} */
    this.error = null;
    this.ticket = ui.value.subject?.ticket || ui.value.subject;
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  close() {
    this.querySelector("dialog")?.close();
  }

  /** May it be done now? */
  get ready() {
    return true;
  }

  /** What is done. @returns {Promise<any>} */
  async work() {}

  async run() {
    if (!this.ready || this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await this.work();
      this.close();
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.run();
  }

  /** @param {string} title @param {any} body @param {string} action @param {any} [note] at the foot */
  frame(title, body, action, note = nothing) {
    const { error } = this;
    return html`<dialog class="dialog" aria-label=${title} @close=${closeDialog} @keydown=${this.press}>
      <header><h2 class="t16 grow">${title}</h2><button class="btn ghost square small" aria-label=${t("action.close")} @click=${this.close}>${icon("x")}</button></header>
      <div class="body">${error ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${error.errors?.[0]?.message || error.detail || t("change.offline")}</span></div>` : nothing}${body}</div>
      <footer><span class="t12 i3">${note}</span><span class="grow"></span><button class="btn second" @click=${this.close}>${t("action.cancel")}</button>
        <button class="btn primary" ?disabled=${!this.ready || this.busy} @click=${this.run}>${action} ${keycaps("mod+enter")}</button></footer>
    </dialog>`;
  }
}
