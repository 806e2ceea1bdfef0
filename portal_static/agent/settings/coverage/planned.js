/** How many are on over the week, as steps, and where nobody is though a calendar is open. */
import { html, nothing, svg } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { counts } from "./blocks.js";
import { stretch } from "./days.js";
import { placed } from "./grid.js";

/** @typedef {import("./blocks.js").Block} Block */

/** @param {Block[]} spans @param {Block[]} bare @param {string[]} days @param {string} chosen @param {{from: number, until: number}} within */
export function planned(spans, bare, days, chosen, within) {
  const steps = days.map((day) => counts(spans.filter((each) => each.day === day)));
  const most = Math.max(0, ...steps.flat().map(([, , count]) => count));
  return html`<tr class="cov-planned"><th scope="row" class="cov-who"><b>${t("coverage.planned")}</b><span class="i3 t12">${t("coverage.most", { n: most })}</span></th>
    ${days.map((day, at) => cell(steps[at], bare.filter((each) => each.day === day), most, day === chosen, within))}</tr>`;
}

/** @param {[number, number, number][]} steps @param {Block[]} bare @param {number} most @param {boolean} chosen @param {{from: number, until: number}} within */
function cell(steps, bare, most, chosen, within) {
  const peak = Math.max(0, ...steps.map(([, , count]) => count));
  const words = steps.length ? t("coverage.day_count", { n: peak, time: stretch(steps[0][0], steps[steps.length - 1][1]) }) : t("coverage.day_none");
  return html`<td class="cov-cell" ?data-other=${!chosen}><span class="said">${words}</span>
    ${bare.length ? chip(bare) : nothing}
    <div class="cov-lane" aria-hidden="true"><svg class="cov-steps" viewBox="${within.from} 0 ${within.until - within.from} ${most || 1}" preserveAspectRatio="none">
      ${steps.map(([from, until, count]) => svg`<rect x=${from} y=${most - count} width=${until - from} height=${count} />`)}</svg>
      ${bare.map((each) => html`<span class="cov-bare" .style=${placed(each, within)}></span>`)}</div></td>`;
}

/** @param {Block[]} bare */
function chip(bare) {
  const [first, ...more] = bare;
  return html`<span class="cov-chip num">${icon("alert", 12)}${stretch(first.from, first.until)}${more.length ? html` <span>+${more.length}</span>` : nothing}</span>`;
}
