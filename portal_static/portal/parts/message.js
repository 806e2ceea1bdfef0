/** A message in the customer's thread. */
import { html } from "../../shared/element.js";
import { exact, moment, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { attachmentCards } from "../../shared/parts/attachments.js";
import "../../shared/parts/mail-body.js";
import { avatar } from "../../shared/parts/people.js";
import { session } from "../../shared/session.js";

/** @param {any} message */
export function portalMessage(message) {
  const { me } = session.value;
  const { author } = message;
  const name = nameOf(author.name || !author.you ? author : me);
  const role = author.you ? t("person.you") : author.kind === "contact" ? "" : me?.org?.name || "";
  return html`<article class="portal-message" aria-label=${t(message.kind === "reply" ? "message.by.reply" : "message.by.customer", { name })}>
    ${avatar(name, 32)}
    <div class="grow">
      <header class="row g8 t14"><span class="w6 cut" dir="auto">${name}</span><span class="portal-role cut" dir="auto">${role}</span>
        <span class="grow"></span><time class="portal-role" datetime=${message.created_at} title=${exact(message.created_at)}>${moment(message.created_at)}</time></header>
      <mail-body size="15" .body=${message.trimmed_html || message.body_html} .label=${t("message.body", { name })}></mail-body>
      ${attachmentCards(message.attachments, "/v1/portal/attachments")}
    </div>
  </article>`;
}
