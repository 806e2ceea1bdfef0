/** What the card of an answer says and offers that leaves at a time of its own. */
import { html, nothing } from "../../shared/element.js";
import { exact, moment, weekdayTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { may } from "../../shared/session.js";
import { statusOf } from "../state/catalogue.js";
import { asking, planStatus, sendNow, takeLaterBack } from "../state/later.js";

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
export function laterActs(message, ticket) {
  const { id, delivery: { waits } } = message;
  const off = asking.value.has(id);
  const unseen = waits ? nothing : html`<span class="t12 i3">${t("later.unseen")}</span>`;
  if (!may("tickets:write") || ticket.trashed_at) return html`<div class="row g8 leaving-acts">${then(message)}${unseen}</div>`;
  return html`<div class="row g8 leaving-acts">
    <button class="btn second tiny" ?disabled=${off} @click=${() => sendNow(ticket.id, id)}>${icon("send", 12)}${t("later.now")}</button>
    <button class="btn second tiny" ?disabled=${off} @click=${() => takeLaterBack(ticket.id, id)}>${icon("undo", 12)}${t("later.back")}</button>
    <button class="btn second tiny" ?disabled=${off} aria-haspopup="menu" aria-expanded="false" title=${t("later.then_label")} @click=${(/** @type {Event} */ event) => statuses(event, message, ticket)}>${then(message)}${icon("down", 12)}</button>
    ${unseen}
  </div>`;
}

/** The status that the ticket gets when it leaves. @param {any} message */
function then({ delivery: { status_id } }) {
  const status = status_id && statusOf(status_id);
  return html`<span class="row g4">${status ? html`${statusIcon(status.category, 12)}${t("later.then", { status: statusLabel(status) })}` : t("later.then_none")}</span>`;
}

/** @param {Event} event @param {any} message @param {any} ticket */
function statuses(event, { id, delivery: { status_id } }, ticket) {
  const known = [...new Set([...statusOf(ticket.status.id).next, ...(status_id ? [status_id] : [])])].map(statusOf);
  const items = known.map((status) => ({ label: statusLabel(status), icon: statusIcon(status.category), run: () => planStatus(ticket.id, id, status.id) }));
  const keep = { label: t("later.keep_status"), icon: icon("x"), line: true, run: () => planStatus(ticket.id, id, "") };
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("later.then_label"), items: [...items, keep] });
}
