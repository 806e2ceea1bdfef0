/** Signing in without a password: we send a link to the address. */
import { api } from "../shared/api.js";
import { check } from "../shared/check.js";
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";

class PortalSignIn extends Component {
  static properties = { sent: { state: true }, busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.sent = "";
    this.busy = false;
    /** @type {any} */
    this.error = null;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = t("portal.sign_in.title");
  }

  /** @param {Map<string, any>} changed */
  updated(changed) {
    if (changed.get("sent") !== undefined) /** @type {HTMLElement | null} */ (this.querySelector("h1"))?.focus();
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.target);
    this.error = check(target);
    if (this.error) return;
    const email = String(new FormData(target).get("email")).trim();
    this.busy = true;
    try {
      await api.post("/portal/sign-in-links", { email });
      this.sent = email;
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  render() {
    return html`<section class="portal-hero"><div class="portal-narrow">
      <h1 tabindex="-1">${t(this.sent ? "portal.sent.title" : "portal.hero")}</h1>
      ${this.sent ? this.check() : this.ask()}
    </div></section>`;
  }

  ask() {
    const problem = this.error && (this.error.field?.("email") || (this.error.status === 0 ? t("state.offline.text") : this.error.detail));
    return html`<p>${t("portal.sign_in.text")}</p>
      <form class="portal-ask" novalidate @submit=${this.submit}>
        <label class="said" for="email">${t("field.email")}</label>
        <input class="input" id="email" name="email" type="email" required autocomplete="email" inputmode="email" placeholder=${t("field.email")}
          aria-invalid=${String(Boolean(problem))} aria-describedby=${problem ? "email-problem" : nothing} />
        <button class="btn primary" ?disabled=${this.busy}>${t("portal.sign_in.action")}</button>
      </form>
      ${problem ? html`<div class="hint bad" id="email-problem" role="alert">${icon("alert", 12)}${problem}</div>` : nothing}`;
  }

  check() {
    return html`<p role="status">${t("portal.sent.text", { email: this.sent })}</p>
      <button class="link" @click=${() => (this.sent = "")}>${t("portal.sent.again")}</button>`;
  }
}

customElements.define("portal-sign-in", PortalSignIn);
