/** "Why?": what rules did to the ticket, and why others did nothing. It is asked when somebody wants to know. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { exact, moment } from "../../shared/format.js";
import { hasText, t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

/** @typedef {{rule_id: string, rule: string, event_id: string, event: string, at: string, depth: number, outcome: string, because: string | null, detail: string, comparison: string | null, found: string | null, actions: string[], left_out: {action: string, because: string}[]}} Decision */

const SIGNS = /** @type {Record<string, string>} */ ({ done: "check", failed: "alert", stopped: "pause", unchanged: "check", no_match: "x" });

class TicketDecisions extends Component {
  static properties = { ticket: {}, found: { state: true }, failed: { state: true }, every: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    /** @type {Decision[] | null} */
    this.found = null;
    this.failed = false;
    this.every = false;
    this.open = false;
    this.asked = "";
  }

  willUpdate() {
    const { id, version } = this.ticket;
    if (this.asked && !this.asked.startsWith(`${id} `)) this.found = null;
    if (this.open && this.asked !== `${id} ${version}`) this.read();
  }

  async read() {
    const asked = (this.asked = `${this.ticket.id} ${this.ticket.version}`);
    this.failed = false;
    try {
      const { data } = await api.get(`/tickets/${this.ticket.id}/decisions`, { limit: 100 });
      if (asked === this.asked) this.found = data;
    } catch {
      if (asked === this.asked) this.failed = true;
    }
    this.requestUpdate();
  }

  /** @param {Event} event */
  turn(event) {
    this.open = /** @type {HTMLDetailsElement} */ (event.target).open;
    if (this.open) this.requestUpdate();
  }

  render() {
    return html`<details class="side-section why" @toggle=${this.turn}><summary class="side-head">${t("why.title")}<span class="grow"></span>${icon("down", 12)}</summary>${this.content()}</details>`;
  }

  content() {
    if (this.failed) return html`<p class="t12 i3" role="alert">${t("side.failed")} <button class="link" @click=${this.read}>${t("action.retry")}</button></p>`;
    if (!this.found) return html`<div class="bones view-bones" role="status" aria-label=${t("state.loading")}><span class="bone w80"></span><span class="bone w60"></span></div>`;
    if (!this.found.length) return html`<p class="t12 i3">${t("why.none")}</p>`;
    const told = this.found.filter(({ outcome }) => outcome !== "no_match");
    const shown = this.every ? this.found : told;
    const silent = this.found.length - told.length;
    return html`${told.length || this.every ? nothing : html`<p class="t12 i3">${t("why.nothing_done")}</p>`}
      <ul class="why-list">${shown.map(one)}</ul>
      ${silent ? html`<button class="link t12" aria-expanded=${String(this.every)} @click=${() => (this.every = !this.every)}>${this.every ? t("why.fewer") : t("why.silent", { n: silent })}</button>` : nothing}`;
  }
}

/** @param {Decision} decision */
function one(decision) {
  const { rule, event, at, outcome, actions, left_out } = decision;
  const acts = [...new Set(actions)].map((type) => t(`macro.${type}`)).join(", ");
  return html`<li data-outcome=${outcome}>${icon(SIGNS[outcome], 12)}<div class="grow"><div><b dir="auto">${rule}</b> <span class="i3">${t(`why.${outcome}`)}</span></div>
    <div class="t12 i3">${t(`rule.on.${event}`)} · <time datetime=${at} title=${exact(at)}>${moment(at)}</time></div>
    ${outcome === "done" && acts ? html`<div class="t12">${acts}</div>` : nothing}${reason(decision)}
    ${left_out.length ? html`<div class="t12">${t("why.left_out", { because: left_out[0].because })}</div>` : nothing}</div></li>`;
}

/** Why not, in the reader's words where there are some. @param {Decision} decision */
function reason({ because, detail, comparison, found, outcome }) {
  if (outcome === "done" || !because) return nothing;
  if (comparison) return html`<div class="t12"><code dir="ltr">${comparison}</code> ${found === null ? nothing : html`<span class="i3">${t(found === "" ? "why.empty" : "why.found", { found })}</span>`}</div>`;
  const known = `why.because.${because}`;
  return html`<div class="t12">${hasText(known) ? t(known) : detail}</div>`;
}

customElements.define("ticket-decisions", TicketDecisions);
