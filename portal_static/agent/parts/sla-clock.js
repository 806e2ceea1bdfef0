/** The clock of a promise: a ring that fills with the time used, and what is left. Colour only with shape and word. */
import { html, nothing, svg } from "../../shared/element.js";
import { exact } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { inOrder, readingOf, running } from "../state/promises.js";

const ROUND = 28.9; // length of the ring's line
const SHAPES = { late: "alert", pause: "pause", met: "check" };

/** @param {number} share 0 to 1 */
const ring = (share) => html`<svg class="ring" viewBox="0 0 12 12" aria-hidden="true">${svg`<circle cx="6" cy="6" r="4.6"></circle><circle class="used" cx="6" cy="6" r="4.6" stroke-dasharray="${(share * ROUND).toFixed(1)} ${ROUND}"></circle>`}</svg>`;

/** @param {import("../state/promises.js").Reading} reading @param {{text?: string, title?: string, large?: boolean}} [how] */
function chip(reading, { text = reading.text, title = "", large = false } = {}) {
  const shape = SHAPES[/** @type {keyof typeof SHAPES} */ (reading.tone)];
  return html`<span class="chip sla ${reading.tone} ${large ? "large" : ""}" title=${title || nothing}>${shape ? icon(shape, 12) : ring(reading.share)}<span>${text}</span></span>`;
}

/** What is due first, for a row of the list. @param {import("../state/tickets.js").Ticket} ticket */
export function rowClock({ sla }) {
  const [next] = running(sla);
  if (!next) return nothing;
  return html`<span class="said">${t(`sla.${next.target}`)}</span>${chip(readingOf(next), { title: t("sla.due", { what: t(`sla.${next.target}`), time: exact(String(next.due_at)) }) })}`;
}

/** What is due, for the head of a conversation. @param {import("../state/tickets.js").Ticket} ticket */
export const headClocks = ({ sla }) =>
  running(sla).map((target) => {
    const reading = readingOf(target);
    const text = reading.tone === "late" ? t(`sla.${target.target}_late`, { time: reading.text }) : t(`sla.${target.target}_in`, { time: reading.text });
    return chip(reading, { text, title: exact(String(target.due_at)), large: true });
  });

/** All promises with their states, for the panel. @param {import("../state/tickets.js").Ticket} ticket */
export function promises({ sla }) {
  if (!sla) return nothing;
  return html`<section class="side-section" aria-label=${t("sla.title")}>
    <h2 class="side-head">${t("sla.title")}<span class="side-count cut" dir="auto">${sla.policy}</span></h2>
    <dl class="facts promises">${inOrder(sla).map((target) => html`<dt>${t(`sla.${target.target}`)}</dt><dd>${chip(readingOf(target), { text: left(target), title: target.due_at ? exact(target.due_at) : "" })}</dd>`)}</dl>
  </section>`;
}

/** @param {import("../state/promises.js").Target} target */
function left(target) {
  const { tone, text } = readingOf(target);
  return tone === "ok" || tone === "soon" ? t("sla.left", { time: text }) : text;
}
