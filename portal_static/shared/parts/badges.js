/** Status and priority: colour only together with a shape and a word. */
import { html, nothing } from "../../vendor/lit/index.js";
import { hasText, t } from "../i18n.js";
import { caps } from "../keys.js";
import { icon } from "./icons.js";

/** Names of the priorities that the desk has made itself. @type {Map<string, string>} */
const PRIORITY_NAMES = new Map();
const SIGNS = new Set(["low", "normal", "high", "urgent"]);
const DRAWN = new Set(["new", "open", "waiting", "on_hold", "solved", "closed"]);

/** @param {string} category @param {12 | 14 | 16} [size] px */
export function statusIcon(category, size = 16) {
  const known = DRAWN.has(category) ? category : "open";
  return html`<span class="status-${known}">${icon(`status-${known}`, size)}</span>`;
}

/** What a desk begins with. @type {Record<string, string>} */
const LABELS = { new: "New", open: "Open", waiting: "Waiting", on_hold: "On hold", solved: "Solved", closed: "Closed" };

/** Our word for a built-in status that nobody has renamed, the organisation's own for others. @param {{id: string, label: string}} status */
export function statusLabel({ id, label }) {
  return DRAWN.has(id) && (!label || label === id || label === LABELS[id]) ? t(`status.${id}`) : label;
}

/** @param {{id: string, label: string, category: string}} status */
export const statusBadge = (status) => html`<span class="badge">${statusIcon(status.category)}${statusLabel(status)}</span>`;

/** @param {string} priority */
export const priorityName = (priority) => (hasText(`priority.${priority}`) ? t(`priority.${priority}`) : PRIORITY_NAMES.get(priority) || priority);

/** Learn them. @param {{id: string, label: string}[]} all */
export function namePriorities(all) {
  for (const { id, label } of all) PRIORITY_NAMES.set(id, label);
}

/** @param {string} priority @param {{word?: boolean, size?: 14 | 16}} [options] */
export function priorityBadge(priority, { word = true, size = 16 } = {}) {
  const label = priorityName(priority);
  const sign = SIGNS.has(priority) ? priority : "normal";
  return html`<span class="badge"
    ><span class="priority-${sign}">${icon(`priority-${sign}`, size)}</span>${word
      ? label
      : html`<span class="said">${label}</span>`}</span
  >`;
}

/** Key caps. @param {string | undefined} keys for example "mod+k" */
export const keycaps = (keys) =>
  keys ? caps(keys).map((cap) => html`<span class="kbd" aria-hidden="true">${cap}</span>`) : nothing;
