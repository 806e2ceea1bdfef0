/** Live previews: how something looks to colleagues, and how to customers. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

/** @param {any} agent @param {any} customer */
export const twoSides = (agent, customer) => html`<section class="side-card preview" aria-label=${t("preview.title")}>
  <h2 class="side-head">${icon("eye", 14)}${t("preview.title")}</h2>
  <div class="preview-side"><span class="preview-who">${t("preview.agent")}</span>${agent}</div>
  ${customer === nothing ? nothing : html`<div class="preview-side"><span class="preview-who">${t("preview.customer")}</span>${customer}</div>`}
</section>`;

/** @param {string} title @param {any} content */
export const card = (title, content) => html`<section class="side-card"><h2 class="side-head">${title}</h2>${content}</section>`;

/** A priority as lists draw it: ours by their sign, others by their colour. @param {{id?: string, label: string, hue?: number | null}} priority */
export function prioritySign({ id = "", hue }) {
  if (["low", "normal", "high", "urgent"].includes(id) && typeof hue !== "number") return html`<span class="priority-${id}">${icon(`priority-${id}`)}</span>`;
  return html`<span class="team-dot h${near(hue ?? null)}" aria-hidden="true"></span>`;
}

const HUES = [20, 55, 90, 140, 175, 215, 250, 290, 325, 350];

/** @param {number | null} hue */
export const near = (hue) => (hue === null ? "none" : HUES.reduce((best, each) => (Math.abs(each - hue) < Math.abs(best - hue) ? each : best)));
