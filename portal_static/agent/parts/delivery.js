/** How far a reply has come: in a word beside its time, as a notice where it went wrong, and for each who gets it. */
import { html, nothing } from "../../shared/element.js";
import { exact, moment } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { may } from "../../shared/session.js";
import { sendAgain } from "../state/resend.js";

const FAILED = new Set(["bounced", "complained", "suppressed", "failed"]);
const SIGN = { queued: "clock", sent: "check", delayed: "clock", delivered: "check-circle" };

/** @param {any} message */
export function delivery({ kind, delivery: { status } }) {
  if (kind !== "reply" || status === "none" || FAILED.has(status)) return nothing;
  return html`<span class="row g4">${icon(signOf(status), 12)}${t(`delivery.${status}`)}</span><span aria-hidden="true">·</span>`;
}

/** What went wrong, who is meant where there are several, and the way to send it again. @param {any} message @param {any} ticket */
export function failedDelivery({ id, delivery: { status, detail }, recipients = [] }, ticket) {
  const states = recipients.length > 1 || status === "delayed" ? stateList(recipients) : nothing;
  if (!FAILED.has(status)) return states;
  const who = recipients.length === 1 ? recipients[0].email : "";
  return html`<div class="alert bad message-alert" role="note">${icon("alert")}<span class="grow"><b>${t(`delivery.${status}`)}</b> ${status === "suppressed" ? nothing : detail}${who ? html` <bdi class="i2">${who}</bdi>` : nothing}</span>${may("tickets:write") && status !== "complained" ? html`<button class="btn second tiny" @click=${() => sendAgain(ticket, id)}>${t("delivery.again")}</button>` : nothing}</div>${states}`;
}

/** @param {{email: string, status: string, detail: string | null, at: string}[]} recipients */
function stateList(recipients) {
  const wrong = recipients.some(({ status }) => FAILED.has(status) || status === "delayed");
  return html`<details class="delivery-states" ?open=${wrong}><summary>${icon("right", 12)}${t("delivery.recipients", { n: recipients.length })}</summary>
    <ul>${recipients.map(({ email, status, detail, at }) => html`<li class="row g8"><span class=${FAILED.has(status) ? "c-red" : "i3"}>${icon(signOf(status), 12)}</span><bdi class="cut">${email}</bdi>
      <span class="i3 cut" title=${detail || ""}>${t(`delivery.${status}`)}${detail && status !== "suppressed" ? ` ${detail}` : ""}</span><span class="grow"></span><time class="i3" datetime=${at} title=${exact(at)}>${moment(at)}</time></li>`)}</ul></details>`;
}

/** @param {string} status */
const signOf = (status) => SIGN[/** @type {keyof typeof SIGN} */ (status)] || "alert";
