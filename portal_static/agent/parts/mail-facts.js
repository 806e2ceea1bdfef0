/** What a mail holds beside its words: who signed it, what it reports, what of it was damaged. */
import { html, nothing } from "../../shared/element.js";
import { list } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { may } from "../../shared/session.js";
import { sentBy } from "./mail-trust.js";

/** What is damage to a reader, by the parser's codes; what is merely missing is not. @type {[string, RegExp][]} */
const DAMAGE = [
  ["charset", /^charset_(unknown|wrong|broken_bytes)$/],
  ["encoding", /^(encoding|base64|uuencode)_/],
  ["structure", /^(mime_|header)/],
  ["wrapping", /^tnef_/],
  ["calendar", /^calendar_/],
  ["size", /^(out_of_|too_large|html_too_|files_too_|text_shortened)/],
];

/** For the head of the message: a signature that holds. @param {any} message */
export function signatureTag({ signed }) {
  if (signed?.status !== "verified") return nothing;
  const title = t("signed.by", { signer: signed.signer, issuer: signed.issuer });
  return html`<span class="tag good" title=${title}>${icon("shield", 12)}${t("signed.verified")}<span class="said"> ${title}</span></span>`;
}

/** Quiet lines between head and body. @param {any} message */
export function mailFacts(message) {
  const lines = [sentBy(message), doubt(message.signed), ...reported(message.report), damaged(message)].filter((line) => line !== nothing);
  return lines.length ? html`<div class="mail-facts">${lines}</div>` : nothing;
}

/** A signature that proves nothing, or that the words do not match any more. @param {any} signed */
function doubt(signed) {
  if (!signed || signed.status === "verified") return nothing;
  const why = t(`signed.problem.${signed.problem}`, { signer: signed.signer || t("person.unknown") });
  return fact("shield", html`<b>${t(`signed.${signed.status}`)}</b> ${why}`, signed.status === "invalid");
}

/** @param {any} report */
function reported(report) {
  if (!report) return [];
  if (!report.recipients.length) return [fact("info", t(`report.${report.kind}`))];
  return report.recipients.map((/** @type {any} */ one) => {
    const email = one.email || t("person.unknown");
    const words = t(`report.${report.kind}.of`, { email, action: actionOf(report.kind, one.action) });
    const detail = report.kind === "delivery" ? one.diagnostic || one.status : "";
    return fact(one.action === "failed" ? "alert" : "info", html`<span dir="auto">${words}</span>${detail ? html` <span class="i3" dir="auto">${detail}</span>` : nothing}`, one.action === "failed");
  });
}

/** The report's word in the reader's language; its own where we have none. @param {string} kind @param {string} action */
function actionOf(kind, action) {
  const known = t(`report.action.${kind}.${action}`);
  return known.startsWith("report.") ? action : known;
}

/** @param {any} message */
function damaged({ defects, mail_id }) {
  const parts = DAMAGE.filter(([, code]) => (defects || []).some((/** @type {string} */ one) => code.test(one)));
  if (!parts.length) return nothing;
  const names = list(parts.map(([name]) => t(`damage.${name}`)));
  const raw = mail_id && may("mail:read") ? html` <a href="/v1/mail/${mail_id}/raw" target="_blank" rel="noopener">${t("quarantine.raw")}</a>` : nothing;
  return fact("info", html`${t("damage.line", { parts: names })}${raw}`);
}

/** @param {string} shape @param {unknown} words @param {boolean} [bad] */
const fact = (shape, words, bad = false) => html`<p class="mail-fact ${bad ? "bad" : ""}">${icon(shape, 12)}<span>${words}</span></p>`;
