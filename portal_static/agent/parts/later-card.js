/** What the card of an answer says and offers that leaves at a time of its own. */
import { html, nothing } from "../../shared/element.js";
import { exact, moment, weekdayTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { may } from "../../shared/session.js";
import { asking, sendNow, takeLaterBack } from "../state/later.js";

/** In place of how far it has come. @param {any} message */
export function leaves({ created_at, delivery: { until, waits } }) {
  if (waits) return html`<time datetime=${created_at} title=${exact(created_at)}>${moment(created_at)}</time>`;
  if (Date.parse(until) <= Date.now()) return html`<span class="i3">${t("outbox.sending")}</span>`;
  return html`<span class="c-accent w5 row g4" title=${t("later.written", { time: exact(created_at) })}>${icon("clock", 12)}<time datetime=${until}>${t("later.leaves", { time: weekdayTime(until) })}</time></span>`;
}

/** Why it has not left. @param {any} message */
export function keptBack({ delivery: { waits } }) {
  return waits ? html`<div class="alert care message-alert" role="note">${icon("alert")}<span>${t(`later.waits.${waits}`)}</span></div>` : nothing;
}

/** @param {any} message @param {any} ticket */
export function laterActs({ id, delivery: { waits } }, ticket) {
  const off = asking.value.has(id);
  const unseen = waits ? nothing : html`<span class="t12 i3">${t("later.unseen")}</span>`;
  if (!may("tickets:write") || ticket.trashed_at) return html`<div class="row g8 leaving-acts">${unseen}</div>`;
  return html`<div class="row g8 leaving-acts">
    <button class="btn second tiny" ?disabled=${off} @click=${() => sendNow(ticket.id, id)}>${icon("send", 12)}${t("later.now")}</button>
    <button class="btn second tiny" ?disabled=${off} @click=${() => takeLaterBack(ticket.id, id)}>${icon("undo", 12)}${t("later.back")}</button>
    ${unseen}
  </div>`;
}
