/** Signing in: password, what Cognito asks besides (new password, code), and a forgotten password. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { check } from "../../shared/check.js";
import { icon, mark } from "../../shared/parts/icons.js";
import { welcome } from "../../shared/session.js";
import { STEPS } from "./steps.js";

/** @typedef {"password" | "new-password" | "code" | "forgotten" | "reset"} Step */

const CHALLENGES = { NEW_PASSWORD_REQUIRED: "new-password", SOFTWARE_TOKEN_MFA: "code", SMS_MFA: "code" };

class SignIn extends Component {
  static properties = { step: { state: true }, busy: { state: true }, error: { state: true }, done: { state: true } };

  constructor() {
    super();
    /** @type {Step} */
    this.step = "password";
    this.busy = false;
    /** @type {any} */
    this.error = null;
    this.done = "";
    this.email = "";
    /** @type {{name: string, session: string} | null} */
    this.challenge = null;
  }

  /** @param {Map<string, any>} changed */
  updated(changed) {
    document.title = t("sign_in.title");
    if (changed.has("step")) /** @type {HTMLElement | null} */ (this.querySelector("input:not([value]), input"))?.focus();
    if (changed.has("error") && this.error) /** @type {HTMLInputElement | undefined} */ (this.querySelector("[aria-invalid=true]") || this.last)?.select();
  }

  /** The field that was most likely mistyped. */
  get last() {
    return [...this.querySelectorAll("input")].at(-1);
  }

  /** @param {Step} step */
  go(step, done = "") {
    this.error = null;
    this.done = done;
    this.step = step;
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.target);
    this.error = check(target);
    if (this.error) return;
    const form = Object.fromEntries(new FormData(target));
    this.busy = true;
    try {
      await this.send(form);
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  /** @param {Record<string, any>} form */
  async send(form) {
    this.email = form.email || this.email;
    const { email } = this;
    if (this.step === "password") this.take(await api.post("/session", { email, password: form.password }));
    else if (this.step === "forgotten") {
      await api.post("/password-reset", { email });
      this.go("reset");
    } else if (this.step === "reset") {
      await api.post("/password-reset/confirmation", { email, code: form.code, new_password: form.new_password });
      this.go("password", t("sign_in.reset_done"));
    } else this.take(await api.post("/session/challenge", { ...this.challenge, email, ...form }));
  }

  /** @param {any} answer Me, or a challenge */
  take(answer) {
    if (!answer.challenge) return welcome(answer);
    this.challenge = answer.challenge;
    this.go(/** @type {any} */ (CHALLENGES)[answer.challenge.name] || "code");
  }

  words() {
    const { code, status, detail } = this.error;
    if (status === 0) return t("sign_in.offline");
    if (code === "bad_credentials") return t("sign_in.wrong");
    return detail || t("state.failed.text");
  }

  render() {
    const step = STEPS[this.step];
    return html`<main class="door">
      <form class="door-card" novalidate @submit=${this.submit} aria-busy=${String(this.busy)}>
        ${mark(40)}
        <h1 class="t20 w6">${t(step.title)}</h1>
        <p class="i2">${t(step.text, { email: this.email })}</p>
        ${this.error && !this.error.errors.length
          ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${this.words()}</span></div>`
          : nothing}
        ${this.done ? html`<div class="alert good" role="status">${icon("check-circle")}<span>${this.done}</span></div>` : nothing}
        ${step.fields(this)}
        <button class="btn primary wide" ?disabled=${this.busy}>${t(step.action)}</button>
        ${step.other
          ? html`<button type="button" class="link" @click=${() => this.go(step.other.step)}>${t(step.other.label)}</button>`
          : nothing}
      </form>
    </main>`;
  }
}

customElements.define("desk-sign-in", SignIn);
