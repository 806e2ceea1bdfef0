/** Where a ticket stands: four steps along a line, and the facts beside the thread. */
import { html, nothing } from "../../shared/element.js";
import { moment } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar } from "../../shared/parts/people.js";
import { customerLabel, customerStatus } from "../status.js";

/** @param {any} ticket */
export function steps(ticket) {
  const done = ["solved", "closed"].includes(ticket.status.category);
  const answered = Boolean(ticket.first_response_at);
  const working = ["new", "solved", "closed"].includes(ticket.status.category) ? t("portal.status.open") : customerLabel(ticket.status);
  const all = [
    { label: t("portal.step.received"), note: moment(ticket.created_at), state: "done" },
    { label: t("portal.step.answer"), note: answered ? moment(ticket.first_response_at) : done ? "" : t("portal.step.soon"), state: answered || done ? "done" : "now" },
    { label: working, note: "", state: done ? "done" : answered ? "now" : "later" },
    { label: t("portal.status.solved"), note: "", state: done ? "done" : "later" },
  ];
  return html`<ol class="steps">${all.map(step)}</ol>`;
}

/** @param {{label: string, note: string, state: string}} step */
function step({ label, note, state }) {
  return html`<li class="step ${state}" aria-current=${state === "now" ? "step" : nothing}>
    <span class="step-mark" aria-hidden="true">${state === "done" ? icon("check", 12) : nothing}</span>
    <span class="step-label">${label}</span><span class="said">${t(`portal.step.${state}`)}</span>
    ${note ? html`<span class="t12 num step-note">${note}</span>` : nothing}
  </li>`;
}

/** @param {any} ticket */
export function facts(ticket, answers = /** @type {{label: string, text: string}[]} */ ([])) {
  return html`<dl class="portal-facts">
    <dt>${t("portal.state")}</dt><dd>${customerStatus(ticket.status)}</dd>
    <dt>${t("portal.number")}</dt><dd><bdi class="num">#${ticket.number}</bdi></dd>
    ${ticket.handled_by ? html`<dt>${t("portal.handled_by")}</dt><dd class="row g6">${avatar(ticket.handled_by.name, 18)}<span class="cut" dir="auto">${ticket.handled_by.name}</span></dd>` : nothing}
    <dt>${t("portal.opened_by")}</dt><dd>${t(`channel.${ticket.channel}`)}, ${moment(ticket.created_at)}</dd>
    ${answers.map(({ label, text }) => html`<dt>${label}</dt><dd dir="auto">${text}</dd>`)}
  </dl>`;
}
