/** Why a ticket is with whom it is with, or why nobody could take it. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { moment, nameOf } from "../../shared/format.js";
import { hasText, locale, t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { agentOf, teamOf } from "../state/catalogue.js";

/** @param {string} id */
const named = (id) => nameOf(agentOf(id) || null);

/** The name of a language in one's own. @param {string} tag */
const languageOf = (tag) => new Intl.DisplayNames(locale(), { type: "language" }).of(tag) || tag;

/** Why, in some words. @param {any} decision */
export const reason = (decision) => (hasText(`routing.why.${decision.why}`) ? t(`routing.why.${decision.why}`, { load: decision.load ?? 0, capacity: decision.capacity ?? 0 }) : decision.why);

class RoutingReason extends Component {
  static properties = { ticket: {}, told: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    /** @type {any} */
    this.told = null;
    this.shown = "";
  }

  willUpdate() {
    const { id, version, team_id } = this.ticket;
    const wanted = /** @type {any} */ (teamOf(team_id))?.routing?.mode === "automatic" ? `${id} ${version}` : "";
    if (wanted === this.shown) return;
    if (wanted.split(" ")[0] !== this.shown.split(" ")[0]) this.told = null;
    this.shown = wanted;
    if (wanted) this.read(id, wanted);
  }

  /** Without an answer nothing is said: it explains, it is not needed. @param {string} id @param {string} wanted */
  async read(id, wanted) {
    const told = await api.get(`/tickets/${id}/routing`).catch(() => null);
    if (wanted === this.shown) this.told = told;
  }

  render() {
    const { told } = this;
    if (!this.shown || !told || told.state === "done" || (told.state === "assigned" && !told.by)) return nothing;
    const { decision } = told;
    return html`<section class="side-section routing" aria-label=${t("routing.title")}>
      <h2 class="side-head">${t("routing.title")}</h2>
      <p class="routing-line">${this.line()}</p>
      ${decision?.language ? html`<p class="t12 i3">${t(decision.chosen && !decision.speaks ? "routing.speaks_not" : "routing.speaks", { language: languageOf(decision.language) })}</p>` : nothing}
      ${decision && decision.relaxed !== "none" ? html`<p class="t12 i3">${t(`routing.relaxed.${decision.relaxed}`)}</p>` : nothing}
      ${decision?.others.length ? this.others(decision) : nothing}</section>`;
  }

  line() {
    const { state, assignee_id, by, decision } = this.told;
    if (state === "waiting") return t("routing.waiting");
    if (state === "unmatched") {
      const retry = this.ticket.unmatched?.retry_at;
      return html`${icon("alert", 14)}<span>${decision ? reason(decision) : t("routing.waiting")}${retry ? html` <span class="i3">${t("routing.retry", { time: moment(retry) })}</span>` : nothing}</span>`;
    }
    if (decision) return html`<span><b dir="auto">${named(assignee_id)}</b>: ${reason(decision)}</span>`;
    return t("routing.by_hand", { who: named(by.id), to: named(assignee_id) });
  }

  /** @param {any} decision */
  others({ others, left_out }) {
    const total = Object.values(left_out).reduce((sum, count) => sum + Number(count), 0);
    return html`<details class="routing-others"><summary>${icon("right", 12)}${t("routing.left_out", { n: total })}</summary>
      <ul>${others.map((/** @type {any} */ one) => html`<li><span class="cut" dir="auto">${named(one.person_id)}</span><span class="i3">${t(`routing.cause.${one.cause}`)}</span></li>`)}</ul></details>`;
  }
}

customElements.define("routing-reason", RoutingReason);
