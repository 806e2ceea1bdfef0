/** Head of a conversation: subject, facts, and the three properties that change most. */
import { html, nothing } from "../../shared/element.js";
import { langOf, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { priorityBadge, statusBadge } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar, nobody } from "../../shared/parts/people.js";
import { prefer, prefs } from "../../shared/prefs.js";
import { may, session } from "../../shared/session.js";
import { here, hrefOf } from "../router.js";
import { agentOf, statusOf } from "../state/catalogue.js";
import { setStatus } from "../state/changes.js";
import { when } from "../state/moments.js";
import { restore, snoozeMenu, wake } from "../state/sleep.js";
import "./ticket-timers.js";
import { conversation } from "../state/conversation.js";
import { list } from "../state/list.js";
import { hasColumn, ui } from "../state/ui.js";
import { viewOf } from "../state/views.js";
import { assigneeMenu, moreMenu, priorityMenu, statusMenu } from "./property-menus.js";
import { headClocks } from "./sla-clock.js";
import { channelIcon } from "./ticket-row.js";

/** @typedef {import("../state/tickets.js").Ticket} Ticket */

/** @param {Ticket} ticket */
export function conversationHead(ticket) {
  return html`<header class="conversation-head">
    <div class="conversation-top">
      <a class="btn ghost square back" href=${hrefOf(here().view)} aria-label=${t("conversation.back")}>${icon("left", 20)}</a>
      <span class="position num">${position(ticket)}</span>
      <h1 class="grow" tabindex="-1" dir="auto" lang=${langOf(ticket.subject) ?? nothing}>${ticket.subject || t("ticket.no_subject")}</h1>
      <span class="conversation-acts">${acts(ticket)}</span>
    </div>
    <div class="conversation-facts">
      <bdi class="num">#${ticket.number}</bdi><span aria-hidden="true">·</span>
      <span class="row g4 cut">${channelIcon(ticket.channel)}<span class="cut">${origin(ticket)}</span></span>
      <span aria-hidden="true">·</span><span class="nowrap">${t("conversation.messages", { n: ticket.message_count })}</span>
    </div>
    ${standing(ticket)}
    <div class="conversation-controls">${controls(ticket)}</div>
  </header>`;
}

/** What a reader must know before he writes: it sleeps, lies in the trash, or is merged. @param {Ticket} ticket */
function standing(ticket) {
  const write = may("tickets:write");
  if (ticket.trashed_at) {
    return html`<div class="standing" role="status">${icon("trash", 14)}<span class="grow">${t("trash.here", { time: when(ticket.trashed_at) })}</span>${may("tickets:delete") ? html`<button class="link" @click=${() => restore(ticket)}>${t("trash.restore")}</button>` : nothing}</div>`;
  }
  if (ticket.merged_into) return html`<div class="standing" role="status">${icon("split", 14)}<span class="grow">${t("merge.here")}</span><a class="link" href=${hrefOf(here().view, ticket.merged_into)}>${t("merge.open")}</a></div>`;
  if (!ticket.snooze) return html`<ticket-timers .ticket=${ticket}></ticket-timers>`;
  const { until } = ticket.snooze;
  return html`<div class="standing" role="status">${icon("moon", 14)}<span class="grow">${until ? t("snooze.until_time", { time: when(until) }) : t("snooze.until_reply")}</span>${write ? html`<button class="link" @click=${() => wake(ticket)}>${t("snooze.wake")}</button>` : nothing}</div>`;
}

/** @param {Ticket} ticket */
function position({ id }) {
  const at = list.value.ids.indexOf(id);
  const of = Math.max(list.value.ids.length, viewOf(list.value.view)?.count || 0);
  return at < 0 ? "" : t("conversation.position", { at: at + 1, of });
}

/** @param {Ticket} ticket */
function origin({ channel, mailbox_id }) {
  const org = session.value.me?.org;
  return channel === "mail" ? org?.mailboxes?.[mailbox_id || ""] || org?.support_address || t("channel.mail") : t(`channel.${channel}`);
}

/** @param {Ticket} ticket */
function acts(ticket) {
  const folded = hasColumn() ? !prefs.value.panel : !ui.value.over;
  const solvable = may("tickets:write") && statusOf(ticket.status.id).next.includes("solved");
  return html`${solvable
      ? html`<button class="btn ghost square small" title=${t("command.solved")} aria-label=${t("command.solved")} @click=${() => setStatus(ticket.id, "solved")}>${icon("check-circle")}</button>`
      : nothing}
    ${may("tickets:write") && !ticket.trashed_at && !ticket.merged_into ? html`<button class="btn ghost square small" data-control="snooze" title=${t("command.snooze")} aria-label=${t("command.snooze")} aria-pressed=${String(Boolean(ticket.snooze))} aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => snoozeMenu(event, ticket)}>${icon("moon")}</button>` : nothing}
    <button class="btn ghost square small" aria-label=${t("action.more")} aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => moreMenu(event, ticket)}>${icon("more")}</button>
    <button class="btn ghost square small" title=${t("command.panel")} aria-label=${t("command.panel")} aria-pressed=${String(!folded)} @click=${() => fold(folded)}>${icon("panel")}</button>`;
}

/** @param {boolean} folded */
function fold(folded) {
  if (hasColumn()) prefer({ panel: folded });
  else ui.merge({ over: folded });
}

/** @param {Ticket} ticket */
function controls(ticket) {
  const me = session.value.me?.id;
  const holder = agentOf(ticket.assignee_id);
  const name = ticket.assignee_id === me ? t("person.you_short") : nameOf(holder || null);
  const face = ticket.assignee_id ? avatar(nameOf(holder || session.value.me), 18) : nobody(18);
  return html`
    ${control("status", t("ticket.status"), statusBadge(ticket.status), (event) => statusMenu(event, ticket))}
    ${control("assignee", t("ticket.assignee"), html`${face}<span class="cut">${ticket.assignee_id ? name : t("ticket.unassigned")}</span>`, (event) => assigneeMenu(event, ticket))}
    ${control("priority", t("ticket.priority"), priorityBadge(ticket.priority), (event) => priorityMenu(event, ticket))}
    <span class="grow"></span><span class="clocks">${headClocks(ticket)}</span>
    ${conversation.value.state === "ready" ? nothing : html`<span class="said" role="status">${t("state.loading")}</span>`}`;
}

/** A property as a button with a menu, or as plain text for those who may only read. @param {string} name @param {string} label @param {any} content @param {(event: Event) => void} open */
function control(name, label, content, open) {
  if (!may("tickets:write")) return html`<span class="control fixed"><span class="said">${label}</span>${content}</span>`;
  return html`<button class="control" data-control=${name} aria-haspopup="menu" aria-expanded="false" @click=${open}>
    <span class="said">${label}</span>${content}${icon("down", 12)}
  </button>`;
}
