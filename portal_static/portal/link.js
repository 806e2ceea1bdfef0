/** Where a sign-in link leads. Only pressing the button uses it up, so that a mail scanner's visit does not. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { openSession, welcome } from "../shared/session.js";
import { router } from "./router.js";

class SignInLink extends Component {
  static properties = { token: {}, busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.token = "";
    this.busy = false;
    /** @type {any} */
    this.error = null;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = t("portal.sign_in.title");
  }

  async enter() {
    this.busy = true;
    this.error = null;
    try {
      const me = await api.post("/portal/session", { token: this.token });
      router.go("/", { replace: true });
      welcome(me);
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  render() {
    const used = this.error?.status === 410;
    return html`<section class="portal-hero"><div class="portal-narrow">
      <h1>${t(used ? "portal.used.title" : "portal.enter.title")}</h1>
      <p>${t(used ? "portal.used.text" : "portal.enter.text")}</p>
      ${this.error && !used ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${this.error.status === 0 ? t("state.offline.text") : this.error.detail}</span></div>` : nothing}
      ${used
        ? html`<a class="btn primary" href=${router.href("/")} @click=${() => openSession("/portal")}>${t("portal.used.action")}</a>`
        : html`<button class="btn primary large" ?disabled=${this.busy} @click=${this.enter}>${t("portal.enter.action")}</button>`}
    </div></section>`;
  }
}

customElements.define("portal-link", SignInLink);
