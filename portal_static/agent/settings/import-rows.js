/** The rows of a file that something becomes of, or that have a fault: cell by cell. */
import { html, nothing } from "../../shared/element.js";
import { hasText, t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

/** @typedef {import("./import.js").Report} Report */
/** @typedef {import("./import.js").Row} Row */

const TONES = /** @type {Record<string, string>} */ ({ fault: "c-red", failed: "c-red", not_reached: "c-amber" });

/** @param {Report} report */
export function importRows({ rows }) {
  const shown = rows.filter(({ outcome }) => outcome !== "left");
  if (!shown.length) return nothing;
  return html`<div class="import-scroll" tabindex="0" role="region" aria-label=${t("import.rows")}><table class="import-rows">
    <thead><tr><th scope="col">${t("import.row")}</th><th scope="col">${t("import.who")}</th><th scope="col">${t("import.outcome")}</th><th scope="col">${t("import.what")}</th></tr></thead>
    <tbody>${shown.map(line)}</tbody></table></div>`;
}

/** @param {Row} row */
function line(row) {
  return html`<tr data-outcome=${row.outcome}><td class="num i3">${row.row}</td><th scope="row" dir="auto">${row.key}</th>
    <td class=${TONES[row.outcome] || ""}>${t(`import.outcome.${row.outcome}`)}</td>
    <td><ul>${row.faults.map(fault)}${Object.entries(row.changes).map(([name, change]) => moved(name, change))}${row.reason ? html`<li class="c-red">${row.reason}</li>` : nothing}</ul></td></tr>`;
}

/** @param {import("./import.js").CellFault} told */
const fault = ({ column, message }) => html`<li class="c-red">${icon("alert", 12)}<b>${columnName(column)}</b> ${message}</li>`;

/** @param {string} name @param {{from: string, to: string}} change */
const moved = (name, { from, to }) => html`<li><b>${columnName(name)}</b>
  ${from ? html`<span class="i3" dir="auto">${from}</span>${icon("arrow", 12)}<span class="said">${t("import.becomes")}</span>` : nothing}<span dir="auto">${to || t("import.emptied")}</span></li>`;

/** @param {string} name */
const columnName = (name) => (hasText(`import.column.${name}`) ? t(`import.column.${name}`) : name);
