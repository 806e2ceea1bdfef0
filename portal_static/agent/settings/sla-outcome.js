/** What a simulated policy comes to, drawn: a bar with its numbers, a line for each promise, and what would be late. */
import { html, nothing } from "../../shared/element.js";
import { clock, day } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { hrefOf } from "../router.js";

/** @typedef {{met: number, late: number, open: number}} Count promises, by what became of them */
/** @typedef {{number: number, target: string, due_at: string}} Late */
/**
 * @typedef {object} Answer
 * @property {number} tickets that were looked at
 * @property {boolean} all were these all of the days?
 * @property {Count} before
 * @property {Count} after
 * @property {number} late_anyway
 * @property {number} no_longer_late
 * @property {{target: string, before: Count, after: Count}[]} by_target
 * @property {Late[]} newly_late the first of them
 */

const LISTED = 10;

/** @param {Count} count */
const promised = ({ met, late }) => met + late > 0;

/** Per cent that were met, rounded down: 100 says that none was late. @param {Count} count */
const percent = ({ met, late }) => t("sla.percent", { n: Math.floor((1000 * met) / (met + late)) / 10 });

/** @param {Count} count @param {string} words @param {string} none */
const told = (count, words, none) => (promised(count) ? t(words, { percent: percent(count) }) : t(none));

/** The part that is told when it is there; what follows is read at leisure. @param {Answer} [answer] */
export function outcome(answer) {
  const some = answer && (promised(answer.before) || promised(answer.after));
  return html`<div role="status">${answer ? html`${some ? sum(answer) : html`<p>${t("sla.trial.nothing")}</p>`}` : nothing}</div>
    ${answer ? html`${some ? html`${byTarget(answer)}${newlyLate(answer)}` : nothing}${looked(answer)}` : nothing}`;
}

/** @param {Answer} answer */
const newly = ({ after, late_anyway }) => Math.max(0, after.late - late_anyway);

/** @param {Answer} answer */
function sum(answer) {
  const { before, after, late_anyway, no_longer_late } = answer;
  /** @type {[string, string, number][]} */
  const parts = [["met", t("sla.trial.met"), after.met], ["newly", t("sla.trial.newly"), newly(answer)], ["anyway", t("sla.trial.anyway"), late_anyway]];
  const same = !newly(answer) && !no_longer_late && before.met === after.met && before.late === after.late;
  return html`<div class="trial-bar" aria-hidden="true">${parts.map(([name, , count]) => (count ? html`<span data-part=${name} .style=${`--count:${count}`}></span>` : nothing))}</div>
    <div class="trial-sum"><span>${told(before, "sla.trial.before", "sla.trial.none_before")}</span><span>${told(after, "sla.trial.after", "sla.trial.none_after")}</span></div>
    <ul class="trial-legend">${parts.map(([name, label, count]) => html`<li data-part=${name}>${label} <b class="num">${t("sla.trial.count", { n: count })}</b></li>`)}</ul>
    ${same ? html`<p>${t("sla.trial.same")}</p>` : no_longer_late ? html`<p>${t("sla.trial.rescued", { n: no_longer_late })}</p>` : nothing}`;
}

/** @param {Answer} answer */
function byTarget({ by_target }) {
  const cell = (/** @type {Count} */ count) => (promised(count) ? percent(count) : html`<span aria-hidden="true">–</span><span class="said">${t("sla.trial.no_promise")}</span>`);
  const rows = by_target.filter(({ before, after }) => promised(before) || promised(after));
  return html`<table class="trial-targets"><thead><tr><th scope="col">${t("sla.trial.share")}</th><th scope="col">${t("sla.trial.was")}</th><th scope="col">${t("sla.trial.then")}</th></tr></thead>
    <tbody>${rows.map(({ target, before, after }) => html`<tr><th scope="row">${t(`target.${target}`)}</th><td class="num">${cell(before)}</td><td class="num"><span>${icon("arrow", 12)}${cell(after)}</span></td></tr>`)}</tbody></table>`;
}

/** @param {Answer} answer */
function newlyLate(answer) {
  const shown = answer.newly_late.slice(0, LISTED);
  const more = newly(answer) - shown.length;
  if (!shown.length) return nothing;
  return html`<h3 class="trial-head">${t("sla.trial.late_head")}</h3>
    <ul class="trial-late">${shown.map((late) => html`<li><a class="link" href=${hrefOf("open", late.number)}>${lateText(late)}</a></li>`)}</ul>
    ${more > 0 ? html`<p class="t12 i3">${t("sla.trial.more", { n: more })}</p>` : nothing}`;
}

/** @param {Late} late */
const lateText = ({ number, target, due_at }) => t("sla.trial.late", { number: String(number), target: t(`target.${target}`), time: `${day(due_at)} ${clock(due_at)}`.replaceAll(" ", "\u00a0") });

/** @param {Answer} answer */
const looked = ({ tickets, all, after }) => html`<p class="t12 i3">${t("sla.trial.looked", { n: tickets })}${after.open ? ` ${t("sla.trial.open", { n: after.open })}` : ""}${all ? "" : ` ${t("sla.trial.not_all")}`}</p>`;
