/** An invitation in a mail: what, when in the reader's zone, where, who, and the file for his own calendar. */
import { html, nothing } from "../../shared/element.js";
import { nameOf, period } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

/** @param {any[] | undefined} invites */
export const inviteCards = (invites) => (invites?.length ? html`<div class="invites">${invites.map(card)}</div>` : nothing);

/** @param {any} invite */
function card(invite) {
  const title = invite.summary || t("invite.no_summary");
  return html`<div class="invite" role="group" aria-label="${t("invite.label")}: ${title}">
    <span class="invite-icon">${icon("clock")}</span>
    <div class="grow">
      <div class="row g8"><b class="w6 cut ${invite.method === "CANCEL" ? "struck" : ""}" dir="auto">${title}</b>${state(invite)}</div>
      <div>${when(invite)}${repeats(invite)}</div>
      ${invite.location ? html`<div class="i2 cut" dir="auto">${invite.location}</div>` : nothing}
      <div class="t12 i3 cut">${people(invite)}</div>
    </div>
    ${invite.attachment_id ? html`<a class="btn second tiny" href="/v1/attachments/${invite.attachment_id}" target="_blank" rel="noopener">${t("invite.file")}</a>` : nothing}
  </div>`;
}

/** @param {any} invite */
function when({ start, end }) {
  if (!start) return html`<span class="i3">${t("invite.no_time")}</span>`;
  const floats = start.length > 10 && !start.endsWith("Z");
  return html`<time datetime=${start}>${period(start, end)}</time>${floats ? html` <span class="i3">${t("invite.no_zone")}</span>` : nothing}`;
}

/** @param {any} invite */
function repeats({ recurrence }) {
  const often = /FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)/.exec(recurrence)?.[1].toLowerCase();
  if (!recurrence) return nothing;
  return html` <span class="i3" title=${recurrence}>· ${often ? t(`invite.every.${often}`) : t("invite.repeats")}</span>`;
}

/** What became of it, as a word. @param {any} invite */
function state({ method, status, attendees }) {
  if (method === "CANCEL" || status === "cancelled") return html`<span class="tag">${t("invite.cancelled")}</span>`;
  const answer = method === "REPLY" ? attendees[0]?.status : "";
  return ["accepted", "declined", "tentative"].includes(answer) ? html`<span class="tag">${t(`invite.${answer}`)}</span>` : nothing;
}

/** @param {any} invite */
function people({ organizer, attendees }) {
  const from = organizer ? t("invite.organizer", { name: nameOf(organizer) }) : "";
  const count = attendees.length ? t("invite.attendees", { n: attendees.length }) : "";
  return [from, count].filter(Boolean).join(" · ");
}
