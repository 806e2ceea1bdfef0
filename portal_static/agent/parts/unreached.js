/** Whom the last mail did not reach: told before the next one is written. */
import { html, nothing } from "../../shared/element.js";
import { list } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { conversation } from "../state/conversation.js";

const LOST = new Set(["bounced", "complained", "suppressed", "failed"]);

/** @param {any} box the reply box */
export function unreached(box) {
  const messages = conversation.data?.id === box.ticket.id ? conversation.data?.messages || [] : [];
  const lost = [box.ticket.requester.email, ...box.cc].filter((address) => LOST.has(lastOf(messages, address)));
  if (!lost.length) return nothing;
  return html`<div class="alert care reply-alert" role="note">${icon("alert")}<span>${t("reply.unreached", { names: list(lost) })}</span></div>`;
}

/** How the last mail to an address fared, "" where none went. @param {any[]} messages @param {string} address */
function lastOf(messages, address) {
  const told = messages.flatMap(({ recipients }) => recipients || []).filter(({ email }) => email === address);
  return told.at(-1)?.status || "";
}
