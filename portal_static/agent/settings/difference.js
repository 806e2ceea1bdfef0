/** What would change of a ticket, line by line. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { fields } from "./kept.js";
import { valueName } from "./names.js";
import { fieldName } from "./plain.js";

/** @param {Record<string, {from: any, to: any}>} changes */
export function differences(changes) {
  const { fields: own, ...rest } = changes;
  const lines = Object.entries(rest).filter(([name]) => name !== "category").map(([name, { from, to }]) => line(fieldName(name), valueName(name, from), valueName(name, to)));
  const moved = own ? [...new Set([...Object.keys(own.from || {}), ...Object.keys(own.to || {})])].filter((id) => JSON.stringify(own.from?.[id]) !== JSON.stringify(own.to?.[id])) : [];
  const all = [...lines, ...moved.map((id) => line(fields.of(id)?.label || id, optionName(id, own.from?.[id]), optionName(id, own.to?.[id])))];
  return all.length ? html`<dl class="log-changes">${all}</dl>` : nothing;
}

/** @param {string} id of a field @param {any} value */
function optionName(id, value) {
  const label = (/** @type {any} */ each) => fields.of(id)?.options?.find((/** @type {any} */ one) => one.id === each)?.label || each;
  return valueName("", Array.isArray(value) ? value.map(label) : label(value));
}

/** @param {string} name @param {string} from @param {string} to */
const line = (name, from, to) => html`<div><dt>${name}</dt><dd><del dir="auto">${from}</del>${icon("arrow", 12)}<span class="said">${t("difference.to")}</span><ins dir="auto">${to}</ins></dd></div>`;
