/** A status in the customer's words: ours for the built-in categories, the organisation's label otherwise. */
import { html } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { statusIcon } from "../shared/parts/badges.js";

/** @type {Record<string, string>} labels that the server gives by default, and our texts for them */
const DEFAULTS = {
  Received: "portal.status.new",
  "Being worked on": "portal.status.open",
  "Waiting for you": "portal.status.waiting",
  "Waiting for your answer": "portal.status.waiting",
  "On hold": "portal.status.on_hold",
  Solved: "portal.status.solved",
  Closed: "portal.status.closed",
};

/** @param {{label: string, category: string}} status */
export const customerLabel = ({ label }) => (DEFAULTS[label] ? t(DEFAULTS[label]) : label);

/** @param {{label: string, category: string}} status */
export const customerStatus = (status) => html`<span class="badge">${statusIcon(status.category)}${customerLabel(status)}</span>`;
