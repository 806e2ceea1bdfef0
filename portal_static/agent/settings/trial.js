/** Tries something out on a ticket that is chosen by its number: a macro, or a template. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import "../../shared/parts/mail-body.js";
import { differences } from "./difference.js";

const OPEN_PLACE = /\[\[([^\]]*?\?)\]\]/g;

class SettingsTrial extends Component {
  static properties = { of: {}, dirty: { type: Boolean }, version: { type: Number }, path: { attribute: false }, body: { attribute: false }, number: { state: true }, found: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.of = "";
    this.dirty = false;
    this.version = 0;
    /** @type {(ticket: string) => string} where to ask */
    this.path = () => "";
    /** @type {(ticket: string) => any} */
    this.body = () => ({});
    this.number = "";
    /** @type {any} */
    this.found = null;
    this.problem = "";
    this.busy = false;
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("of") || changed.has("version")) {
      this.found = null;
      this.problem = "";
    }
  }

  async run() {
    const number = this.number.trim().replace(/^#/, "");
    if (!number || this.busy) return this.querySelector("input")?.focus();
    this.busy = true;
    this.found = null;
    this.problem = "";
    try {
      this.found = await api.post(this.path(number), this.body(number));
    } catch (error) {
      const { status, detail, errors } = /** @type {any} */ (error);
      this.problem = status === 0 ? t("settings.offline") : status === 404 ? t("trial.no_ticket") : [detail, ...(errors || []).map((/** @type {any} */ each) => each.message)].filter(Boolean).join(": ");
    }
    this.busy = false;
  }

  render() {
    return html`<section class="side-card trial"><h2 class="side-head">${icon("eye", 14)}${t("trial.title")}</h2>
      ${this.dirty ? html`<p class="i3">${t("trial.save_first")}</p>` : html`<div class="trial-line"><input class="input" inputmode="numeric" name="trial" aria-label=${t("trial.number")} placeholder=${t("trial.number")} .value=${this.number} aria-invalid=${String(Boolean(this.problem))}
          @input=${(/** @type {any} */ event) => (this.number = event.target.value)} @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && !event.ctrlKey && !event.metaKey && (event.preventDefault(), this.run())} />
        <button type="button" class="btn second" ?disabled=${this.busy} @click=${this.run}>${t("trial.run")}</button></div>`}
      <div role="status">${this.problem ? html`<span class="hint bad">${icon("alert", 12)}<span>${this.problem}</span></span>` : this.found ? this.result() : nothing}</div></section>`;
  }

  result() {
    const { changes, messages, undefined: open } = this.found;
    const said = messages || [{ kind: "reply", ...this.found }];
    const quiet = messages && !messages.length && !Object.keys(changes || {}).length;
    return html`${quiet ? html`<p class="i3">${t("trial.nothing")}</p>` : nothing}
      ${changes ? differences(changes) : nothing}
      ${said.map((/** @type {any} */ one) => html`<div class="trial-words ${one.kind === "note" ? "note" : ""}"><div class="t12 i2">${t(`trial.${one.kind}`)} · ${one.locale}</div>${one.subject ? html`<b dir="auto">${one.subject}</b>` : nothing}
        <mail-body .body=${marked(one.body_html)} .label=${t("trial.words")}></mail-body></div>`)}
      ${open?.length ? html`<p class="alert care">${icon("alert")}<span>${t("trial.undefined", { n: open.length, names: open.join(", ") })}</span></p>` : messages ? html`<p class="i3">${t("trial.unchanged")}</p>` : nothing}`;
  }
}

/** Places that nobody filled stand out. @param {string} body */
const marked = (body) => body.replace(OPEN_PLACE, "<mark>[[$1]]</mark>");

customElements.define("settings-trial", SettingsTrial);
