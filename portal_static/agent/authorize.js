/** Another program asks to act for the person who is signed in (OAuth 2): who it is, what for, yes or no. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { nameOf } from "../shared/format.js";
import { hasText, t } from "../shared/i18n.js";
import { icon, mark } from "../shared/parts/icons.js";
import { failure } from "../shared/parts/states.js";
import { Resource } from "../shared/resource.js";
import { session, signOut } from "../shared/session.js";
import { router } from "./router.js";

/** @type {Resource<{app: {id: string, name: string}, scopes: string[], redirect_uri: string}>} */
const wish = new Resource();
const read = () => api.get("/oauth/authorization", Object.fromEntries(router.query));

class Authorize extends Component {
  static properties = { busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.watches(wish, session);
    this.busy = false;
    /** @type {any} */
    this.error = null;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = t("authorize.title");
    wish.load(read);
  }

  /** @param {boolean} approved */
  async answer(approved) {
    this.busy = true;
    this.error = null;
    try {
      const { redirect_to } = await api.post("/oauth/authorization", { ...Object.fromEntries(router.query), approved });
      location.assign(redirect_to);
    } catch (error) {
      this.error = error;
      this.busy = false;
    }
  }

  render() {
    const { state, slow, data, error } = wish.value;
    return html`<main class="door"><section class="door-card" aria-busy=${String(this.busy || state === "loading")}>
      ${mark(40)}
      ${state === "failed" ? this.refused(error) : nothing}
      ${slow && !data ? html`<div class="bones view-bones" role="status" aria-label=${t("state.loading")}><span class="bone w60"></span><span class="bone w80"></span></div>` : nothing}
      ${data ? this.question(data) : nothing}
    </section></main>`;
  }

  /** @param {any} error */
  refused(error) {
    if (error.code !== "bad_authorization_request") return failure(error, t("authorize.failed"), () => wish.load(read));
    return html`<h1 class="t20 w6">${t("authorize.wrong")}</h1>
      <p class="i2">${t("authorize.wrong_text")}</p>
      <div class="alert bad" role="alert">${icon("alert")}<span dir="auto">${error.detail}</span></div>
      <a class="btn second wide" href=${router.href("/")}>${t("authorize.home")}</a>`;
  }

  /** @param {{app: {name: string}, scopes: string[], redirect_uri: string}} asked */
  question({ app, scopes, redirect_uri }) {
    const { me } = session.value;
    return html`<h1 class="t20 w6" dir="auto">${t("authorize.question", { app: app.name })}</h1>
      <p class="i2">${t("authorize.as", { name: nameOf(me), email: me?.email || "" })} <button type="button" class="link inline" @click=${signOut}>${t("authorize.other")}</button></p>
      ${scopes.length
        ? html`<p class="w5">${t("authorize.may")}</p>
          <ul class="grant-scopes">${scopes.map((scope) => html`<li>${icon("check", 14)}<span>${permission(scope)}</span></li>`)}</ul>`
        : html`<div class="alert care" role="status">${icon("alert")}<span>${t("authorize.nothing")}</span></div>`}
      ${this.error ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${this.error.status ? this.error.detail : t("sign_in.offline")}</span></div>` : nothing}
      <div class="two grant-answers">
        <button type="button" class="btn second" ?disabled=${this.busy} @click=${() => this.answer(false)}>${t("authorize.no")}</button>
        <button type="button" class="btn primary" ?disabled=${this.busy || !scopes.length} @click=${() => this.answer(true)}>${t("authorize.yes")}</button>
      </div>
      <p class="t12 i3">${t("authorize.back", { place: placeOf(redirect_uri) })} ${t("authorize.until")}</p>`;
  }
}

/** @param {string} id */
const permission = (id) => (hasText(`permission.${id}`) ? t(`permission.${id}`) : id);

/** Where one is sent, without what only programs read. @param {string} uri */
const placeOf = (uri) => new URL(uri).host || new URL(uri).protocol;

customElements.define("desk-authorize", Authorize);
