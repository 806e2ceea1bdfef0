/** One ticket in the list. Measures: screens, chapter 4; the sheet is list.css. */
import { html, nothing } from "../../shared/element.js";
import { age, exact, langOf, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { priorityBadge, statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { highlighted } from "../../shared/parts/highlight.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar, nobody } from "../../shared/parts/people.js";
import { agentOf } from "../state/catalogue.js";
import { isUnread } from "../state/seen.js";
import { rowClock } from "./sla-clock.js";

/** @type {Record<string, string>} */
const CHANNELS = { mail: "mail", portal: "globe", api: "code", agent: "user", chat: "chat" };
const QUIET = new Set(["open"]); // statuses that a row does not name

/** @param {string} channel */
export const channelIcon = (channel) => icon(CHANNELS[channel] || "mail", 14);

/** @param {import("../state/tickets.js").Ticket} ticket @param {{href: string, selected: boolean, fresh: boolean, found?: {exact: boolean, subject?: string, excerpt?: string}}} row */
export function ticketRow(ticket, { href, selected, fresh, found }) {
  const name = nameOf(ticket.requester);
  const unread = isUnread(ticket);
  return html`<a class="ticket ${unread ? "unread" : ""} ${fresh ? "fresh" : ""}" href=${href}
    aria-current=${String(selected)} title=${ticket.subject}>
    <span class="c1">${unread ? html`<span class="dot"></span><span class="said">${t("row.unread")}</span>` : nothing}</span>
    ${avatar(name, 24)}
    <span class="b" lang=${langOf(ticket.subject + name) ?? nothing}>
      <span class="l">
        <span class="nm cut" dir="auto">${name}</span>
        <span class="co cut grow" dir="auto">${companyOf(ticket)}</span>
        <span class="r">${statusChip(ticket)}${rowClock(ticket)}</span>
      </span>
      <span class="l">
        <span class="sj cut grow" dir="auto">${found?.subject ? highlighted(found.subject) : ticket.subject || t("ticket.no_subject")}</span>
        <span class="r">${holder(ticket)}</span>
      </span>
      <span class="l m">
        ${channelIcon(ticket.channel)}<span class="sn cut grow" dir="auto">${found?.excerpt ? highlighted(found.excerpt, true) : html`${prefix(ticket)}${ticket.snippet}`}</span>
        <span class="r">${marks(ticket)}<time datetime=${ticket.updated_at} title=${exact(ticket.updated_at)}>${age(ticket.updated_at)}</time></span>
      </span>
    </span>
  </a>`;
}

/** Until companies exist: the domain, when the name is known. @param {import("../state/tickets.js").Ticket} ticket */
const companyOf = ({ requester }) => (requester.name ? requester.email?.split("@")[1] : "");

/** @param {import("../state/tickets.js").Ticket} ticket */
function statusChip({ status }) {
  if (QUIET.has(status.category)) return nothing;
  return html`<span class="chip">${statusIcon(status.category, 12)}${statusLabel(status)}</span>`;
}

/** @param {import("../state/tickets.js").Ticket} ticket */
function holder({ assignee_id: id }) {
  if (!id) return nobody(18);
  const name = nameOf(agentOf(id) || null);
  return html`<span title=${name}>${avatar(name, 18)}<span class="said">${name}</span></span>`;
}

/** @param {import("../state/tickets.js").Ticket} ticket */
function prefix({ last_message: last }) {
  return last && last.kind !== "customer" ? `${t(`row.${last.kind}`)} ` : "";
}

/** @param {import("../state/tickets.js").Ticket} ticket */
function marks({ has_attachments: files, tags, priority }) {
  return html`${files ? html`${icon("clip", 12)}<span class="said">${t("row.files")}</span>` : nothing}
  ${tags.length ? html`<span class="tag" dir="auto">${tags[0]}</span>` : nothing}
  ${priority === "normal" ? nothing : priorityBadge(priority, { word: false, size: 14 })}`;
}
