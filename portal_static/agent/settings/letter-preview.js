/** A mail template as its reader will see it, drawn again while it is written; and a test to oneself. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import "../../shared/parts/mail-body.js";
import { say } from "../../shared/parts/toast.js";
import { may } from "../../shared/session.js";

const PAUSE = 400; // ms without a key before it is asked again

class LetterPreview extends Component {
  static properties = { form: { attribute: false }, held: { attribute: false }, found: { state: true }, problem: { state: true }, plain: { state: true } };

  constructor() {
    super();
    /** @type {import("./form.js").Form} */
    this.form = /** @type {any} */ (null);
    /** @type {any} the values, so that changes draw it again */
    this.held = null;
    /** @type {{subject: string, text: string, html: string} | null} */
    this.found = null;
    this.problem = "";
    this.plain = false;
    this.busy = false;
    this.asked = "";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.asked = "";
  }

  /** What the API is asked. */
  get body() {
    const { kind, locale, subject, html: source, text } = this.form.value.values;
    return { kind, locale, html: source, ...(subject?.trim() ? { subject } : {}), ...(text?.trim() ? { text } : {}) };
  }

  updated() {
    const asked = JSON.stringify(this.body);
    if (asked === this.asked || !may("settings:write")) return;
    this.asked = asked;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(asked), this.found || this.problem ? PAUSE : 0);
  }

  /** @param {string} asked */
  async load(asked) {
    const { body } = this;
    if (!body.locale || !body.html.trim()) return this.show(asked, null, t("letters.nothing"));
    try {
      this.show(asked, await api.post("/mail-templates/preview", body), "");
    } catch (error) {
      this.show(asked, this.found, words(error));
    }
  }

  /** Only the answer to the last question counts. @param {string} asked @param {any} found @param {string} problem */
  show(asked, found, problem) {
    if (asked !== this.asked || !this.isConnected) return;
    this.found = found;
    this.problem = problem;
  }

  async test() {
    if (this.busy) return; // not disabled meanwhile: it would lose the focus
    this.busy = true;
    try {
      const { sent_to } = await api.post("/mail-templates/test", this.body);
      say({ text: t("letters.tested", { address: sent_to }) });
    } catch (error) {
      say({ bad: true, text: t("letters.not_tested", { reason: words(error) }) });
    }
    this.busy = false;
  }

  render() {
    if (!may("settings:write")) return nothing;
    return html`<section class="side-card trial letter"><div class="row g8"><h2 class="side-head grow">${icon("eye", 14)}${t("preview.title")}</h2>
        <div class="segments" role="radiogroup" aria-label=${t("letters.form")}>${["html", "text"].map((form) => html`<button type="button" role="radio" aria-checked=${String((form === "text") === this.plain)} @click=${() => (this.plain = form === "text")}>${t(`letters.form.${form}`)}</button>`)}</div></div>
      <div role="status">${this.problem ? html`<p class="alert ${this.found ? "bad" : ""}">${icon(this.found ? "alert" : "info")}<span>${this.problem}</span></p>` : nothing}</div>
      ${this.found ? this.mail(this.found) : nothing}
      <button type="button" class="btn second small" ?disabled=${Boolean(this.problem)} @click=${this.test}>${icon("send", 14)}${t("letters.test")}</button></section>`;
  }

  /** @param {{subject: string, text: string, html: string}} found */
  mail({ subject, text, html: source }) {
    return html`<div class="trial-words"><b dir="auto">${subject}</b>${this.plain ? html`<pre class="letter-text mono" dir="auto" tabindex="0">${text}</pre>` : html`<mail-body .body=${source} .label=${t("preview.title")}></mail-body>`}</div>`;
  }
}

/** @param {any} error */
const words = ({ status, detail, errors }) => (status === 0 ? t("settings.offline") : (errors || []).map((/** @type {any} */ each) => each.message).join(" ") || detail || t("state.failed.text"));

customElements.define("letter-preview", LetterPreview);
