/** The portal: header, and the screen that the address names. */
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { failure } from "../shared/parts/states.js";
import "../shared/parts/toast.js";
import { session } from "../shared/session.js";
import { here, router } from "./router.js";
import "./header.js";
import "./link.js";
import "./sign-in.js";

/** The screens behind the door, fetched once the door is drawn. */
const inside = () => Promise.all([import("./tickets.js"), import("./ticket.js"), import("./new-ticket.js")]);

class PortalApp extends Component {
  constructor() {
    super();
    this.watches(session, router);
    this.at = "";
  }

  /** What the page showed until now makes room. */
  createRenderRoot() {
    this.replaceChildren();
    return this;
  }

  updated() {
    if (session.value.state !== "loading") inside();
    if (this.at && this.at !== router.value) {
      scrollTo(0, 0);
      /** @type {HTMLElement | null} */ (this.querySelector("#main"))?.focus();
    }
    this.at = router.value;
  }

  render() {
    return html`<a class="skip" href="#main" @click=${this.skip}>${t("app.skip")}</a>
      <portal-header></portal-header>
      <main id="main" class="portal-main" tabindex="-1">${this.screen()}</main>
      <toast-region></toast-region>`;
  }

  /** The hash is an address here, so the skip link moves the focus itself. @param {Event} event */
  skip(event) {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (this.querySelector("#main"))?.focus();
  }

  screen() {
    const { screen, id } = here();
    const { state, error } = session.value;
    if (screen === "link") return html`<portal-link .token=${id}></portal-link>`;
    if (state === "loading") return nothing;
    if (state === "failed") return failure(error, t("app.failed"), () => location.reload());
    if (state === "out") return html`<portal-sign-in></portal-sign-in>`;
    if (screen === "ticket") return html`<portal-ticket .ref=${id}></portal-ticket>`;
    if (screen === "new") return html`<portal-new-ticket></portal-new-ticket>`;
    return html`<portal-tickets></portal-tickets>`;
  }
}

customElements.define("portal-app", PortalApp);
