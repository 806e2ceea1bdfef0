/** A new ticket, written by its customer. */
import { api, ApiError } from "../shared/api.js";
import { check } from "../shared/check.js";
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { Asked } from "./asked.js";
import { Files } from "./attach.js";
import { router } from "./router.js";

class PortalNewTicket extends Component {
  static properties = { busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.busy = false;
    /** @type {any} */
    this.error = null;
    this.files = new Files(this);
    this.asked = new Asked(this);
    this.key = crypto.randomUUID();
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = t("portal.write");
    this.asked.load();
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    if (this.files.pending) return;
    const target = /** @type {HTMLFormElement} */ (event.target);
    this.error = check(target);
    const { missing } = this.asked;
    if (missing.length) this.error = new ApiError(422, { code: "invalid", errors: [...(this.error?.errors || []), ...missing] });
    if (this.error) return this.showFault();
    const { subject, body_text } = Object.fromEntries(new FormData(target));
    this.busy = true;
    try {
      const ticket = await api.post("/portal/tickets", { subject, body_text, ...this.asked.body, attachments: this.files.ids }, { key: this.key });
      router.go(`/tickets/${ticket.id}`, { replace: true });
    } catch (error) {
      this.error = error;
      this.key = crypto.randomUUID();
      this.showFault();
    }
    this.busy = false;
  }

  /** The first field that is wrong gets the focus. */
  async showFault() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid=true]"))?.focus();
  }

  /** @param {string} name */
  problem(name) {
    const text = this.error?.field?.(name);
    return text ? html`<span class="hint bad" role="alert">${icon("alert", 12)}${text}</span>` : nothing;
  }

  render() {
    const general = this.error && !this.error.errors.length;
    return html`<div class="portal-page portal-text">
      <nav class="portal-path" aria-label=${t("portal.path")}><a class="w5" href=${router.href("/")}>${t("portal.my_tickets")}</a>${icon("right", 12)}<span>${t("portal.write")}</span></nav>
      <h1>${t("portal.write")}</h1>
      <p class="i2">${t("portal.write_text")}</p>
      <form class="portal-form" novalidate @submit=${this.submit} @drop=${(/** @type {DragEvent} */ event) => this.files.take(event)} @dragover=${(/** @type {Event} */ event) => event.preventDefault()}>
        ${general ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${this.error.status === 0 ? t("portal.not_sent") : this.error.detail}</span></div>` : nothing}
        ${this.asked.render(this.error)}
        <label class="field"><span class="label">${t("new.subject")}</span><input class="input" name="subject" required maxlength="250" dir="auto" aria-invalid=${String(Boolean(this.error?.field?.("subject")))} />${this.problem("subject")}</label>
        <label class="field"><span class="label">${t("portal.text")}</span><textarea class="input" name="body_text" rows="8" required dir="auto" aria-invalid=${String(Boolean(this.error?.field?.("body_text")))} @paste=${(/** @type {ClipboardEvent} */ event) => this.files.take(event)}></textarea>${this.problem("body_text")}</label>
        ${this.files.cards()}
        <div class="row g8">${this.files.button()}<span class="grow"></span><button class="btn primary" ?disabled=${this.busy || this.files.pending > 0}>${t("portal.send")}</button></div>
      </form>
    </div>`;
  }
}

customElements.define("portal-new-ticket", PortalNewTicket);
