/** One message: the customer's, ours, or a note that only agents see. */
import { html, nothing } from "../../shared/element.js";
import { exact, firstName, list, moment, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { attachmentCards } from "../../shared/parts/attachments.js";
import { icon } from "../../shared/parts/icons.js";
import "../../shared/parts/mail-body.js";
import { avatar, machine } from "../../shared/parts/people.js";
import { session } from "../../shared/session.js";

/** @type {Record<string, string>} */
const LOOK = { customer: "", reply: "ours", note: "note" };
const FAILED = new Set(["bounced", "complained", "failed"]);

/** @param {any} message @param {{ticket: any, fresh: boolean, whole: boolean, unquote: () => void}} options */
export function messageCard(message, { ticket, fresh, whole, unquote }) {
  const name = nameOf(message.author.name ? message.author : ticket.requester);
  const mine = message.author.id === session.value.me?.id;
  const body = !whole && message.trimmed_html ? message.trimmed_html : message.body_html;
  return html`<article class="message ${LOOK[message.kind]}" aria-label=${t(`message.by.${message.kind}`, { name })}>
    <header class="message-head">
      ${message.author.kind === "system" ? machine(24) : avatar(name, 24)}
      <span class="w6 cut" dir="auto">${mine ? t("person.you") : name}</span>
      ${message.kind === "note" ? noteMark() : receivers(message, ticket)}
      ${fresh ? html`<span class="tag fresh">${t("message.new")}</span>` : nothing}
      ${message.automatic ? html`<span class="tag">${t("message.automatic")}</span>` : nothing}
      <span class="message-when">${delivery(message)}<time datetime=${message.created_at} title=${exact(message.created_at)}>${moment(message.created_at)}</time></span>
    </header>
    ${failedDelivery(message)}
    <mail-body .body=${body} .label=${t("message.body", { name })}></mail-body>
    ${message.trimmed_html
      ? html`<button class="unquote" aria-expanded=${String(whole)} aria-label=${t(whole ? "message.hide_quote" : "message.show_quote")} @click=${unquote}>${icon("more", 14)}</button>`
      : nothing}
    ${attachmentCards(message.attachments, "/v1/attachments")}
  </article>`;
}

const noteMark = () => html`<span class="note-mark">${icon("lock", 12)}${t("message.note")}</span>`;

/** "to Ingrid, drift@…" @param {any} message @param {any} ticket */
function receivers({ kind, to, cc }, ticket) {
  const names = (to || []).map((/** @type {string} */ each) => (each === ticket.requester.email ? firstName(nameOf(ticket.requester)) : shortAddress(each)));
  if (!names.length && !cc?.length) return nothing;
  const copies = kind === "customer" && cc?.length ? t("message.cc", { names: list(cc) }) : "";
  const all = kind === "customer" ? names : [...names, ...(cc || [])];
  return html`<span class="t12 i3 cut" dir="auto">${t("message.to", { names: list(all) })}${copies}</span>`;
}

/** Our own address is known, with or without the ticket's signature in it: its name is enough. @param {string} address */
function shortAddress(address) {
  const ours = session.value.me?.org?.support_address || "";
  return address.replace(/\+[^@]*@/, "@") === ours ? ours.split("@")[0] : address;
}

/** @param {any} message */
function delivery({ kind, delivery: { status } }) {
  if (kind !== "reply" || status === "none" || FAILED.has(status)) return nothing;
  return html`<span class="row g4">${icon(status === "queued" ? "clock" : "check", 12)}${t(`delivery.${status}`)}</span><span aria-hidden="true">·</span>`;
}

/** @param {any} message */
function failedDelivery({ delivery: { status, detail } }) {
  if (!FAILED.has(status)) return nothing;
  return html`<div class="alert bad message-alert" role="note">${icon("alert")}<span><b>${t(`delivery.${status}`)}</b> ${detail}</span></div>`;
}
