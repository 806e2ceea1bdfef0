/** One message: the customer's, ours, or a note that only agents see. */
import { html, nothing } from "../../shared/element.js";
import { exact, firstName, list, moment, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { attachmentCards } from "../../shared/parts/attachments.js";
import { icon } from "../../shared/parts/icons.js";
import "../../shared/parts/mail-body.js";
import { keycaps } from "../../shared/parts/badges.js";
import { countdown } from "../../shared/parts/toast.js";
import { openMenu } from "../../shared/parts/menu.js";
import { openDialog } from "../state/ui.js";
import { delivery, failedDelivery } from "./delivery.js";
import { held, takeBack, timeLeft } from "../state/held.js";
import { avatar, machine } from "../../shared/parts/people.js";
import { may, session } from "../../shared/session.js";
import { inviteCards } from "./invite-card.js";
import { leavesLater } from "../state/later.js";
import { keptBack, laterActs, leaves } from "./later-card.js";
import { mailFacts, signatureTag } from "./mail-facts.js";
import { trustTags, whyHere } from "./mail-trust.js";

/** @type {Record<string, string>} */
const LOOK = { customer: "", reply: "ours", note: "note" };

/** @param {any} message @param {{ticket: any, fresh: boolean, whole: boolean, unquote: () => void}} options */
export function messageCard(message, { ticket, fresh, whole, unquote }) {
  const name = nameOf(message.author.name ? message.author : ticket.requester);
  const mine = message.author.id === session.value.me?.id;
  const body = !whole && message.trimmed_html ? message.trimmed_html : message.body_html;
  const waits = message.delivery.status === "held";
  const later = leavesLater(message);
  return html`<article class="message ${LOOK[message.kind]} ${waits ? "leaving" : ""}" aria-label=${t(`message.by.${message.kind}`, { name })}>
    <header class="message-head">
      ${message.author.kind === "system" ? machine(24) : avatar(name, 24)}
      <span class="w6 cut" dir="auto">${mine ? t("person.you") : name}</span>
      ${message.kind === "note" ? noteMark() : receivers(message, ticket)}
      ${fresh ? html`<span class="tag fresh">${t("message.new")}</span>` : nothing}
      ${message.automatic ? html`<span class="tag">${t("message.automatic")}</span>` : nothing}
      ${signatureTag(message)}${trustTags(message)}
      <span class="message-when">${later ? leaves(message) : html`${waits ? countingDown(message) : delivery(message)}<time datetime=${message.created_at} title=${exact(message.created_at)}>${moment(message.created_at)}</time>`}${waits || !may("tickets:write") || ticket.trashed_at ? nothing : more(message, ticket)}</span>
    </header>
    ${later ? keptBack(message) : failedDelivery(message, ticket)}
    ${mailFacts(message)}
    <mail-body .body=${body} .label=${t("message.body", { name })}></mail-body>
    ${message.trimmed_html
      ? html`<button class="unquote" aria-expanded=${String(whole)} aria-label=${t(whole ? "message.hide_quote" : "message.show_quote")} @click=${unquote}>${icon("more", 14)}</button>`
      : nothing}
    ${inviteCards(message.invites)}
    ${attachmentCards(message.attachments, "/v1/attachments")}
    ${later ? laterActs(message, ticket) : waits ? takeBackButton(message, ticket.id) : nothing}
  </article>`;
}

/** @param {any} message @param {any} ticket */
function more(message, ticket) {
  const open = (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("message.acts"), items: [{ label: t("split.title"), icon: icon("split"), run: () => openDialog("split", { ticket, message: message.id }) }, ...whyHere(message)] });
  return html`<button class="btn ghost square tiny message-more" aria-label=${t("message.acts")} title=${t("message.acts")} aria-haspopup="menu" aria-expanded="false" @click=${open}>${icon("more", 14)}</button>`;
}

/** The customer sees nothing of it yet: for how long. @param {any} message */
function countingDown(message) {
  const { left, total } = timeLeft(message);
  if (!left) return html`<span class="i3">${t("outbox.sending")}</span><span aria-hidden="true">·</span>`;
  const seconds = Math.ceil(left / 1000);
  return html`<span class="c-accent w5 row g4">${countdown(left / total)}<span class="num" role="timer">${t("outbox.sends_in", { n: seconds })}</span></span><span aria-hidden="true">·</span>`;
}

/** @param {any} message @param {string} ticket */
function takeBackButton(message, ticket) {
  if (!may("tickets:write") || !timeLeft(message).left) return nothing;
  const taking = Boolean(held.value.get(message.id)?.taking);
  return html`<div class="row g8 leaving-acts"><button class="btn second tiny" ?disabled=${taking} @click=${() => takeBack(ticket, message.id)}>${icon("undo", 12)}${t("outbox.undo")} ${keycaps("z")}</button></div>`;
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
  const org = session.value.me?.org;
  const plain = address.replace(/\+[^@]*@/, "@");
  return [org?.support_address, ...Object.values(org?.mailboxes || {})].includes(plain) ? plain.split("@")[0] : address;
}
