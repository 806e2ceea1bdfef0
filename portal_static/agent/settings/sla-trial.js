/** What a policy would have meant in the days that have passed: the draft as it stands in the form, not yet kept. */
import { api, ApiError } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { outcome } from "./sla-outcome.js";

/** @typedef {import("./form.js").Fault} Fault */

const DAYS = 30;
const INSIDE = /^#?\/policy\//;

class SlaTrial extends Component {
  static properties = { form: { attribute: false }, policy: { attribute: false }, found: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {import("./form.js").Form} */
    this.form = /** @type {any} */ (null);
    /** @type {Record<string, any>} the draft, as the API takes it */
    this.policy = {};
    this.turn = 0;
    this.reset();
  }

  reset() {
    this.turn += 1;
    /** @type {{draft: string, answer: import("./sla-outcome.js").Answer} | null} */
    this.found = null;
    /** `marked`: the form tells more. @type {{draft: string, text: string, marked: boolean} | null} */
    this.problem = null;
    /** What the form says of the last attempt. @type {ApiError | null} */
    this.told = null;
    this.busy = false;
  }

  get draft() {
    return JSON.stringify(this.policy);
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("form")) this.reset();
    if (this.problem?.marked && this.problem.draft !== this.draft) this.problem = null;
  }

  async run() {
    if (this.busy) return;
    const { draft, form } = this;
    const turn = (this.turn += 1);
    this.problem = null;
    if (this.told && this.told === form.value.error) form.merge({ error: null });
    const faults = [...form.parts.values()].flatMap((part) => part.faults?.() || []);
    if (faults.length) return this.mark(faults);
    this.busy = true;
    try {
      const answer = await api.post("/simulations", { kind: "sla_policy", id: form.value.row?.id ?? null, policy: this.asked, days: DAYS });
      if (turn === this.turn) this.found = { draft, answer };
    } catch (error) {
      if (turn === this.turn) this.refuse(/** @type {any} */ (error), draft);
    }
    if (turn === this.turn) this.busy = false;
  }

  /** A draft needs no name yet. */
  get asked() {
    return { ...this.policy, name: this.policy.name?.trim() || t("settings.sla.new") };
  }

  /** What is wrong with the policy goes to its fields, all else is said here. @param {ApiError} error @param {string} draft */
  refuse(error, draft) {
    const known = error.errors.filter(({ pointer }) => INSIDE.test(pointer) && this.form.parts.has(pointer.replace(INSIDE, "").split(/[/#]/)[0]));
    const others = error.errors.filter((each) => !known.includes(each)).map(({ message }) => message);
    if (known.length) this.mark(known.map((each) => ({ ...each, pointer: each.pointer.replace(INSIDE, "/") })));
    if (known.length && !others.length) return;
    const text = error.status === 0 ? t("settings.offline") : others.join(" ") || error.detail || t("state.failed.text");
    this.problem = { draft, text, marked: false };
  }

  /** Faults stand at their fields; the focus goes to the first. @param {Fault[]} faults */
  async mark(faults) {
    this.told = new ApiError(422, { code: "invalid", errors: faults });
    this.problem = { draft: this.draft, text: t("sla.trial.refused"), marked: true };
    this.form.merge({ error: this.told });
    const editor = /** @type {Component | null} */ (this.closest("settings-editor"));
    await editor?.updateComplete;
    /** @type {HTMLElement | null | undefined} */ (editor?.querySelector('.set-form :is([aria-invalid="true"], [data-invalid] input:enabled)'))?.focus();
  }

  get action() {
    if (this.problem && !this.problem.marked) return t("action.retry");
    return t(this.found ? "sla.trial.again" : "trial.run");
  }

  render() {
    const { found, busy } = this;
    return html`<section class="side-card trial sla-trial"><h2 class="side-head">${icon("flask", 14)}${t("sla.trial.title", { n: DAYS })}</h2>
      ${found ? nothing : html`<p class="i3">${t("sla.trial.text")}</p>`}
      <div role="status">${busy ? html`<p class="i3">${t("sla.trial.running")}</p>` : this.notes()}</div>
      <button type="button" class="btn second" aria-busy=${String(busy)} aria-disabled=${busy ? "true" : nothing} @click=${this.run}>${this.action}</button>
      ${outcome(found?.answer)}</section>`;
  }

  notes() {
    const { found, problem } = this;
    return html`${problem ? html`<p class="hint bad">${icon("alert", 12)}<span>${problem.text}</span></p>` : nothing}${found && found.draft !== this.draft ? html`<p class="alert care">${icon("history")}<span>${t("sla.trial.stale")}</span></p>` : nothing}`;
  }
}

customElements.define("sla-trial", SlaTrial);
