/** How far a mail is to be believed, who stood in its From, and why it is on this ticket. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

/** For the head of a mail: what is wrong with its origin; a mail that is verified, or of which nothing is known, has none. @param {any} message */
export function trustTags({ trust, third_party }) {
  const level = trust?.level;
  return [
    third_party ? tag("", "user", "trust.third_party") : nothing,
    level === "failed" ? tag("bad", "alert", "trust.failed") : nothing,
    level === "unverified" ? tag("", "shield", "trust.unverified") : nothing,
  ];
}

/** The From, where somebody else wrote the mail. @param {any} message */
export function sentBy({ trust }) {
  if (!trust?.sent_by) return nothing;
  return html`<p class="mail-fact">${icon("info", 12)}<span dir="auto">${t("trust.sent_by", { email: trust.sent_by })}</span></p>`;
}

/** The line of a message's menu that says why its mail came to this ticket. @param {any} message */
export function whyHere({ threading }) {
  return threading ? [{ label: t("threading.why"), hint: threading.reason, icon: icon("info"), run: () => {} }] : [];
}

/** @param {string} look @param {string} shape @param {string} key */
function tag(look, shape, key) {
  const meaning = t(`${key}_meaning`);
  return html`<span class="tag ${look}" title=${meaning}>${icon(shape, 12)}${t(key)}<span class="said"> ${meaning}</span></span>`;
}
