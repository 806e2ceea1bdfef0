/** One mail in quarantine: who, what, why; opened, what stands in it; and what can be done with it. */
import { html, nothing } from "../shared/element.js";
import { exact, list, moment, size } from "../shared/format.js";
import { hasText, t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import "../shared/parts/mail-body.js";
import { openMenu } from "../shared/parts/menu.js";
import { failure, messageBones } from "../shared/parts/states.js";
import { may } from "../shared/session.js";

/** @typedef {{look: (id: string) => void, release: (mail: any, trust: boolean) => void, reject: (mail: any, how?: Record<string, any>) => void}} Screen */

/** @param {any} mail @param {{screen: Screen, shown: {mail?: any, error?: any} | null}} about `shown` when it is open */
export function mailRow(mail, { screen, shown }) {
  return html`<li class="mail" ?data-open=${Boolean(shown)}>
    ${icon("mail")}
    <button class="grow mail-look" aria-expanded=${String(Boolean(shown))} @click=${() => screen.look(mail.id)}>
      <span class="row g8"><span class="w5 cut" dir="auto">${mail.from || t("person.unknown")}</span><span class="grow"></span>
        <time class="t12 i3" datetime=${mail.received_at} title=${exact(mail.received_at)}>${moment(mail.received_at)}</time></span>
      <span class="cut" dir="auto">${mail.subject || t("ticket.no_subject")}</span>
      <span class="t12 i3 row g4">${icon("info", 12)}<span class="cut" title=${mail.cause || ""}>${reason(mail)}</span></span>
    </button>
    ${may("mail:write") ? acts(mail, screen) : source(mail)}
    ${shown ? html`<div class="mail-inside">${inside(mail, shown, screen)}</div>` : nothing}
  </li>`;
}

/** @param {any} mail @param {Screen} screen */
function acts(mail, screen) {
  const items = [
    ...(mail.from ? [{ label: t("quarantine.release_trust"), icon: icon("check-circle"), run: () => screen.release(mail, true) }, { label: t("quarantine.reject_block"), icon: icon("x"), run: () => screen.reject(mail, { block: 1 }) }, { label: t("quarantine.reject_tell"), icon: icon("reply"), run: () => screen.reject(mail, { tell: 1 }) }] : []),
    { label: t("quarantine.raw"), icon: icon("code"), run: () => window.open(sourceOf(mail), "_blank", "noopener") },
  ];
  const open = (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("quarantine.more"), items });
  return html`<button class="btn ghost small" @click=${() => screen.reject(mail)}>${t("quarantine.reject")}</button>
    <button class="btn second small" @click=${() => screen.release(mail, false)}>${t("quarantine.release")}</button>
    <button class="btn ghost square small" aria-label=${t("quarantine.more")} title=${t("quarantine.more")} aria-haspopup="menu" aria-expanded="false" @click=${open}>${icon("more", 14)}</button>`;
}

/** @param {any} mail */
const sourceOf = (mail) => `/v1/mail/${mail.id}/raw`;

/** @param {any} mail */
const source = (mail) => html`<a class="btn ghost small" href=${sourceOf(mail)} target="_blank" rel="noopener">${t("quarantine.raw")}</a>`;

/** @param {any} row @param {{mail?: any, error?: any}} shown @param {Screen} screen */
function inside(row, { mail, error }, screen) {
  if (error) return failure(error, t("quarantine.look_failed"), () => { screen.look(row.id); screen.look(row.id); });
  if (!mail) return messageBones();
  const { text = "", html: body = "", attachments = [] } = mail.preview || {};
  return html`<dl class="facts wide"><dt>${t("quarantine.to")}</dt><dd dir="auto">${list(mail.recipients || [])}</dd>
      <dt>${t("quarantine.why")}</dt><dd>${reason(row)}</dd>
      <dt>${t("quarantine.checks")}</dt><dd>${verdicts(mail.verdicts || {})}</dd></dl>
    ${body || text ? html`<div class="mail-preview">${body ? html`<mail-body .body=${body} .label=${t("quarantine.preview")}></mail-body>` : html`<pre class="letter-text mono" dir="auto">${text}</pre>`}</div>` : html`<p class="i3">${t(mail.preview ? "quarantine.no_words" : "quarantine.no_preview")}</p>`}
    ${attachments.length ? html`<ul class="mail-files">${attachments.map((/** @type {any} */ file) => html`<li class="row g8">${icon("clip", 14)}<span class="cut" dir="auto">${file.filename}</span><span class="t12 i3">${size(file.size)}</span></li>`)}</ul>` : nothing}`;
}

/** What the receiving server says of it. @param {Record<string, string>} all */
function verdicts(all) {
  const named = Object.entries(all).filter(([, verdict]) => verdict);
  if (!named.length) return t("quarantine.unchecked");
  return html`<span class="row g8 wrap">${named.map(([name, verdict]) => {
    const known = verdict.toLowerCase();
    return html`<span class="tag ${known === "fail" ? "bad" : ""}">${name.toUpperCase()}: ${hasText(`verdict.of.${known}`) ? t(`verdict.of.${known}`) : known}</span>`;
  })}</span>`;
}

/** Why it waits, in the reader's words; the server's where we have none. @param {any} mail */
function reason({ cause, reason: words }) {
  return hasText(`quarantine.cause.${cause}`) ? t(`quarantine.cause.${cause}`) : words || cause;
}
