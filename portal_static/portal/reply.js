/** The box under a thread. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { Files } from "./attach.js";

class PortalReply extends Component {
  static properties = { ticket: {}, busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    this.busy = false;
    /** @type {any} */
    this.error = null;
    this.files = new Files(this);
    this.key = crypto.randomUUID();
  }

  get field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if ((!text && !this.files.ids.length) || this.files.pending) return this.field.focus();
    this.busy = true;
    this.error = null;
    try {
      await api.post(`/portal/tickets/${this.ticket.id}/messages`, { body_text: text || t("portal.see_files"), attachments: this.files.ids }, { key: this.key });
      this.key = crypto.randomUUID();
      this.field.value = "";
      this.files.clear();
      this.tell("sent");
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.querySelector("form")?.requestSubmit();
  }

  render() {
    return html`<form class="portal-reply" @submit=${this.submit} @drop=${(/** @type {DragEvent} */ event) => this.files.take(event)} @dragover=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label class="said" for="reply">${t("portal.add")}</label>
      <textarea id="reply" rows="2" dir="auto" placeholder=${t("portal.add")} @keydown=${this.press} @paste=${(/** @type {ClipboardEvent} */ event) => this.files.take(event)}></textarea>
      ${this.error ? html`<p class="hint bad" role="alert">${icon("alert", 12)}${this.error.status === 0 ? t("portal.not_sent") : this.error.detail}</p>` : nothing}
      ${this.files.cards()}
      <div class="row g8">${this.files.button()}<span class="grow"></span><button class="btn primary" ?disabled=${this.busy || this.files.pending > 0}>${t("portal.send")}</button></div>
    </form>`;
  }
}

customElements.define("portal-reply", PortalReply);
