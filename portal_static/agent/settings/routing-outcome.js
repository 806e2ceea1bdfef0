/** What a draft of routing would have done, drawn: the numbers, the load of each, and ticket by ticket who and why. */
import { html, nothing } from "../../shared/element.js";
import { moment, nameOf } from "../../shared/format.js";
import { hasText, t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { hrefOf } from "../router.js";
import { agentOf } from "../state/catalogue.js";
import { loadTable } from "./load-table.js";

/** @typedef {{number: number, subject: string}} Named */
/** @typedef {Named & {before: string | null, after: string | null, why: string | null, load: number | null, capacity: number | null}} Owner */
/** @typedef {Named & {since: string, until: string | null, reason: string}} Wait */
/**
 * @typedef {object} Answer
 * @property {number} tickets that had to find somebody
 * @property {number} moved of them would have another owner
 * @property {number} waited
 * @property {number} without_owner
 * @property {number} tickets_seen
 * @property {boolean} all
 * @property {string} since
 * @property {Owner[]} found
 * @property {Wait[]} unmatched
 * @property {import("./load-table.js").Load[]} load
 * @property {{before: number, after: number}} fairness
 * @property {{code: string, text: string, count: number | null}[]} assumptions
 */

const LISTED = 10;

/** The part that is told when it is there; what follows is read at leisure. @param {Answer} [answer] */
export function outcome(answer) {
  return html`<div role="status">${answer ? sum(answer) : nothing}</div>
    ${answer ? html`${answer.tickets ? html`${loadTable(answer)}${owners(answer)}${waits(answer)}` : nothing}${assumed(answer)}${looked(answer)}` : nothing}`;
}

/** @param {Answer} answer */
function sum({ tickets, moved, waited, without_owner }) {
  if (!tickets) return html`<p>${t("routing.trial.nothing")}</p>`;
  return html`<p class="rule-sum"><b>${moved ? t("routing.trial.sum", { n: moved }) : t("routing.trial.same")}</b> ${t("routing.trial.of", { n: tickets })}</p>
    ${waited || without_owner ? html`<ul class="rule-numbers">${waited ? html`<li>${t("routing.trial.waited", { n: waited })}</li>` : nothing}${without_owner ? html`<li>${t("routing.trial.without", { n: without_owner })}</li>` : nothing}</ul>` : nothing}`;
}

/** @param {string | null} id */
const who = (id) => (id ? nameOf(agentOf(id) || null) : t("routing.trial.nobody"));

/** @param {Named} ticket */
const link = ({ number, subject }) => html`<a class="link cut" dir="auto" href=${hrefOf("open", number)}>#${number} ${subject}</a>`;

/** @param {string | null} why @param {{load?: number | null, capacity?: number | null}} [values] */
const because = (why, values = {}) => (why && hasText(`routing.why.${why}`) ? t(`routing.why.${why}`, { load: values.load ?? 0, capacity: values.capacity ?? 0 }) : "");

/** @param {number} total @param {number} shown */
const rest = (total, shown) => (total > shown ? html`<p class="t12 i3">${t("sla.trial.more", { n: total - shown })}</p>` : nothing);

/** @param {Answer} answer */
function owners({ found, moved }) {
  const shown = found.slice(0, LISTED);
  if (!shown.length) return nothing;
  return html`<h3 class="trial-head">${t("routing.trial.head")}</h3>
    <ul class="rule-found routing-found">${shown.map((one) => html`<li>${link(one)}
      <span class="rule-move"><del dir="auto">${who(one.before)}</del> ${icon("arrow", 12)} <ins dir="auto">${who(one.after)}</ins></span>
      <span class="t12 i3">${because(one.why, one)}</span></li>`)}</ul>${rest(moved, shown.length)}`;
}

/** @param {Answer} answer */
function waits({ unmatched }) {
  const shown = unmatched.slice(0, LISTED);
  if (!shown.length) return nothing;
  return html`<h3 class="trial-head">${t("routing.trial.waits_head")}</h3>
    <ul class="rule-found routing-waits">${shown.map((one) => html`<li>${link(one)}
      <span class="t12">${because(one.reason)}</span>
      <span class="t12 i3">${one.until ? t("routing.trial.wait", { since: moment(one.since), until: moment(one.until) }) : t("routing.trial.wait_open", { since: moment(one.since) })}</span></li>`)}</ul>${rest(unmatched.length, shown.length)}`;
}

/** @param {Answer} answer */
const assumed = ({ assumptions }) => html`<details class="routing-assumed t12 i2"><summary>${icon("right", 12)}${t("routing.trial.assumed")}</summary>
  <ul>${assumptions.map(({ code, text, count }) => html`<li>${hasText(`routing.assumes.${code}`) ? t(`routing.assumes.${code}`) : text}${count ? ` (${count})` : ""}</li>`)}</ul></details>`;

/** @param {Answer} answer */
const looked = ({ tickets_seen, all, since }) => html`<p class="t12 i3">${t("sla.trial.looked", { n: tickets_seen })}${all ? "" : ` ${t("routing.trial.shorter", { since: moment(since) })}`}</p>`;
