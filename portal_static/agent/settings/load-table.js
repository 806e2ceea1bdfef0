/** What each colleague would have had to do, beside what he had, as a table. */
import { html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { agentOf } from "../state/catalogue.js";

/** @typedef {{assigned: number, highest: number, share: number | null}} Side */
/** @typedef {{person_id: string, capacity: number | null, before: Side, after: Side}} Load */

const LISTED = 10;

/** How much of a capacity was used when most was. @param {number | null} share */
const percent = (share) => (share === null ? "–" : t("sla.percent", { n: Math.round(share * 100) }));

/** @param {Side} side */
const cell = ({ assigned, share }) => html`<span class="num">${assigned}</span> <span class="i3 num">${percent(share)}</span>`;

/** @param {{load?: Load[] | null, fairness?: {before: number, after: number} | null}} answer */
export function loadTable({ load, fairness }) {
  if (!load?.length) return nothing;
  const shown = load.slice(0, LISTED);
  return html`<h3 class="trial-head">${t("load.head")}</h3>
    <table class="trial-targets"><caption class="said">${t("load.caption")}</caption><thead><tr><th scope="col">${t("load.person")}</th><th scope="col">${t("sla.trial.was")}</th><th scope="col">${t("sla.trial.then")}</th></tr></thead>
      <tbody>${shown.map(({ person_id, before, after }) => html`<tr><th scope="row" class="cut" dir="auto">${nameOf(agentOf(person_id) || null)}</th><td>${cell(before)}</td><td><span>${icon("arrow", 12)}<span>${cell(after)}</span></span></td></tr>`)}</tbody></table>
    ${load.length > shown.length ? html`<p class="t12 i3">${t("sla.trial.more", { n: load.length - shown.length })}</p>` : nothing}
    <p class="t12 i3">${t("load.legend")}${fairness ? ` ${t("load.fairness", fairness)}` : ""}</p>`;
}
