/** What a rule would have done in the days that have passed: the draft as it stands in the form, not yet kept. */
import { api, ApiError } from "../../../shared/api.js";
import { Component, html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { outcome } from "./outcome.js";

const DAYS = 30;
const INSIDE = /^#?\/rule\//;

class RuleTrial extends Component {
  static properties = { form: { attribute: false }, rule: { attribute: false }, found: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {import("../form.js").Form} */
    this.form = /** @type {any} */ (null);
    /** @type {Record<string, any>} the draft, as the API takes it */
    this.rule = {};
    this.turn = 0;
    this.reset();
  }

  reset() {
    this.turn += 1;
    /** @type {{draft: string, answer: import("./outcome.js").Answer} | null} */
    this.found = null;
    this.problem = "";
    this.busy = false;
  }

  get draft() {
    return JSON.stringify(this.rule);
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("form")) this.reset();
  }

  async run() {
    if (this.busy) return;
    const { draft, form } = this;
    const turn = (this.turn += 1);
    this.problem = "";
    this.busy = true;
    try {
      const rule = { ...this.rule, name: this.rule.name?.trim() || t("settings.rules.new") };
      const answer = await api.post("/simulations/rule", { id: form.value.row?.id ?? null, rule, days: DAYS });
      if (turn === this.turn) this.found = { draft, answer };
    } catch (error) {
      if (turn === this.turn) this.refuse(/** @type {any} */ (error));
    }
    if (turn === this.turn) this.busy = false;
  }

  /** What is wrong with the rule goes to its fields, all else is said here. @param {ApiError} error */
  refuse(error) {
    const inside = error.errors.filter(({ pointer }) => INSIDE.test(pointer));
    if (inside.length) {
      const errors = inside.map((each) => ({ ...each, pointer: each.pointer.replace(INSIDE, "/") }));
      this.form.merge({ error: new ApiError(422, { code: "invalid", errors }) });
      this.problem = t("rule.trial.refused");
    } else this.problem = error.status === 0 ? t("settings.offline") : error.detail || t("state.failed.text");
  }

  render() {
    const { found, busy, problem } = this;
    const stale = found && found.draft !== this.draft;
    return html`<section class="side-card trial rule-trial"><h2 class="side-head">${icon("flask", 14)}${t("sla.trial.title", { n: DAYS })}</h2>
      ${found ? nothing : html`<p class="i3">${t("rule.trial.text")}</p>`}
      <div role="status">${busy ? html`<p class="i3">${t("rule.trial.running")}</p>` : html`${problem ? html`<p class="hint bad">${icon("alert", 12)}<span>${problem}</span></p>` : nothing}${stale ? html`<p class="alert care">${icon("history")}<span>${t("rule.trial.stale")}</span></p>` : nothing}`}</div>
      <button type="button" class="btn second" aria-busy=${String(busy)} aria-disabled=${busy ? "true" : nothing} @click=${this.run}>${t(found ? "sla.trial.again" : "trial.run")}</button>
      ${outcome(found?.answer)}</section>`;
  }
}

customElements.define("rule-trial", RuleTrial);
