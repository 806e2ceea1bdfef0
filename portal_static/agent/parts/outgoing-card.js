/** A message on its way to the server, or one that did not get there. */
import { html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import "../../shared/parts/mail-body.js";
import { avatar } from "../../shared/parts/people.js";
import { session } from "../../shared/session.js";
import { deliver, unsend } from "../state/outbox.js";

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
function progress({ state }) {
  if (state === "failed") return html`<span class="c-red w5">${t("outbox.not_sent")}</span>`;
  return html`<span class="i3">${t("outbox.sending")}</span>`;
}

/** @param {import("../state/outbox.js").Outgoing} entry */
function acts({ key }) {
  return html`<div class="row g8 leaving-acts">
    <button class="btn second tiny" @click=${() => unsend(key)}>${icon("undo", 12)}${t("outbox.edit")}</button>
    <button class="btn ghost tiny" @click=${() => deliver(key)}>${t("action.retry")}</button>
  </div>`;
}
