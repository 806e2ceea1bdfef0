/** A message that has left the box but not yet the desk: it can be taken back for ten seconds. */
import { html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { keycaps } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import "../../shared/parts/mail-body.js";
import { avatar } from "../../shared/parts/people.js";
import { countdown } from "../../shared/parts/toast.js";
import { session } from "../../shared/session.js";
import { deliver, unsend } from "../state/outbox.js";

const GRACE = 10; // seconds

/** @param {import("../state/outbox.js").Outgoing} entry */
export function outgoingCard(entry) {
  const note = entry.kind === "note";
  return html`<article class="message ${note ? "note" : "ours"} leaving" aria-label=${t("outbox.label")}>
    <header class="message-head">
      ${avatar(nameOf(session.value.me), 24)}<span class="w6">${t("person.you")}</span>
      ${note ? nothing : html`<span class="t12 i3 cut" dir="auto">${t("message.to", { names: entry.to })}</span>`}
      <span class="message-when">${progress(entry)}</span>
    </header>
    <mail-body .body=${entry.body.body_html} .label=${t("outbox.label")}></mail-body>
    ${entry.files.length ? html`<p class="t12 i3">${t("outbox.files", { n: entry.files.length })}</p>` : nothing}
    ${entry.state === "failed" ? html`<div class="alert bad message-alert" role="alert">${icon("alert")}<span>${entry.reason}</span></div>` : nothing}
    ${entry.state === "sending" ? nothing : acts(entry)}
  </article>`;
}

/** @param {import("../state/outbox.js").Outgoing} entry */
function progress({ state, due }) {
  if (state === "failed") return html`<span class="c-red w5">${t("outbox.not_sent")}</span>`;
  const left = Math.max(0, Math.ceil((due - Date.now()) / 1000));
  if (state === "sending" || !left) return html`<span class="i3">${t("outbox.sending")}</span>`;
  return html`<span class="c-accent w5 row g4">${countdown(left / GRACE)}<span class="num" role="timer">${t("outbox.sends_in", { n: left })}</span></span>`;
}

/** @param {import("../state/outbox.js").Outgoing} entry */
function acts({ key, state }) {
  const failed = state === "failed";
  return html`<div class="row g8 leaving-acts">
    <button class="btn second tiny" @click=${() => unsend(key)}>${icon("undo", 12)}${t(failed ? "outbox.edit" : "action.undo")} ${failed ? nothing : keycaps("z")}</button>
    <button class="btn ghost tiny" @click=${() => deliver(key)}>${t(failed ? "action.retry" : "outbox.send_now")}</button>
  </div>`;
}
