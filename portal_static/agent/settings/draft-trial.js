/** What a draft would have done in the days that have passed: the form as it stands, not yet kept. */
import { api, ApiError } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

/** @typedef {import("./form.js").Fault} Fault */
/** @typedef {{path: string, inside: RegExp, to: string, words: {text: string, running: string, stale: string, refused: string}}} About */

export const DAYS = 30;

/** A kind of draft says where it is tried, which pointers are of its form, its words, and how the answer is drawn. */
export class DraftTrial extends Component {
  static properties = { form: { attribute: false }, draft: { attribute: false }, found: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {import("./form.js").Form} */
    this.form = /** @type {any} */ (null);
    /** @type {Record<string, any>} the draft, as the API takes it */
    this.draft = {};
    this.turn = 0;
    this.reset();
  }

  /** @returns {About} */
  get about() {
    throw new Error("a kind of draft says what it is");
  }

  /** The question, without the days. @returns {Record<string, any>} */
  get asked() {
    return this.draft;
  }

  /** @param {any} _answer undefined before there is one @returns {any} */
  outcome(_answer) {
    return nothing;
  }

  reset() {
    this.turn += 1;
    /** @type {{draft: string, answer: any} | null} */
    this.found = null;
    this.problem = "";
    this.busy = false;
  }

  get now() {
    return JSON.stringify(this.draft);
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("form")) this.reset();
  }

  async run() {
    if (this.busy) return;
    const draft = this.now;
    const turn = (this.turn += 1);
    this.problem = "";
    this.busy = true;
    try {
      const answer = await api.post(this.about.path, { ...this.asked, days: DAYS });
      if (turn === this.turn) this.found = { draft, answer };
    } catch (error) {
      if (turn === this.turn) this.refuse(/** @type {any} */ (error));
    }
    if (turn === this.turn) this.busy = false;
  }

  /** What is wrong with the draft goes to its fields, all else is said here. @param {ApiError} error */
  refuse(error) {
    const { inside, to, words } = this.about;
    const faults = error.errors.filter(({ pointer }) => inside.test(pointer));
    if (faults.length) {
      const errors = faults.map((each) => ({ ...each, pointer: each.pointer.replace(inside, to) }));
      this.form.merge({ error: new ApiError(422, { code: "invalid", errors }) });
      this.problem = words.refused;
    } else this.problem = error.status === 0 ? t("settings.offline") : error.detail || t("state.failed.text");
  }

  render() {
    const { found, busy, problem } = this;
    const { words } = this.about;
    const stale = found && found.draft !== this.now;
    return html`<section class="side-card trial rule-trial"><h2 class="side-head">${icon("flask", 14)}${t("sla.trial.title", { n: DAYS })}</h2>
      ${found ? nothing : html`<p class="i3">${words.text}</p>`}
      <div role="status">${busy ? html`<p class="i3">${words.running}</p>` : html`${problem ? html`<p class="hint bad">${icon("alert", 12)}<span>${problem}</span></p>` : nothing}${stale ? html`<p class="alert care">${icon("history")}<span>${words.stale}</span></p>` : nothing}`}</div>
      <button type="button" class="btn second" aria-busy=${String(busy)} aria-disabled=${busy ? "true" : nothing} @click=${this.run}>${t(found ? "sla.trial.again" : problem ? "action.retry" : "trial.run")}</button>
      ${this.outcome(found?.answer)}</section>`;
  }
}
