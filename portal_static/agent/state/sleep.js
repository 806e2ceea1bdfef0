/** Trash and sleep of a ticket, each with its way back. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { say } from "../../shared/parts/toast.js";
import { here, pathOf, router } from "../router.js";
import { refreshConversation } from "./conversation.js";
import { neighbour } from "./list.js";
import { askMoment, inHours, momentItems, onDay, untilMonday, when } from "./moments.js";
import { keep, ticketOf } from "./tickets.js";
import { offerUndo } from "./undo.js";
import { recount } from "./views.js";

/** @typedef {import("./tickets.js").Ticket} Ticket */

/** @param {Ticket} ticket @param {() => Promise<any>} act @param {string} words */
async function change(ticket, act, words) {
  try {
    const next = await act();
    keep([next]);
    offerUndo(`${words} · #${ticket.number}`, ticket.id, next.version);
    recount();
    return next;
  } catch (error) {
    const { status, detail } = /** @type {any} */ (error);
    say({ bad: true, text: t("change.failed", { words, number: String(ticket.number), reason: status ? detail : t("change.offline") }) });
  }
}

/** @param {Ticket} ticket */
export async function putInTrash(ticket) {
  const next = neighbour(ticket.id, 1);
  const done = await change(ticket, () => api.put(`/tickets/${ticket.id}/trash`), t("trash.done"));
  if (done) router.go(pathOf(here().view, next?.number));
}

/** @param {Ticket} ticket */
export async function restore(ticket) {
  await change(ticket, () => api.delete(`/tickets/${ticket.id}/trash`), t("trash.restored"));
  await refreshConversation();
}

/** @param {Ticket} ticket */
export async function purge(ticket) {
  const done = await ask({ title: t("trash.purge_title", { number: String(ticket.number) }), text: t("trash.purge_text"), action: t("trash.purge"), danger: true, run: () => api.delete(`/tickets/${ticket.id}`) });
  if (done) router.go(pathOf(here().view));
}

/** @param {Ticket} ticket @param {{until: string} | {on_reply: true}} wish */
async function sleep(ticket, wish) {
  const words = "until" in wish ? t("snooze.done", { time: when(wish.until) }) : t("snooze.done_reply");
  await change(ticket, () => api.put(`/tickets/${ticket.id}/snooze`, { body: wish }), words);
}

/** Nothing ends it by itself until its status changes. @param {Ticket} ticket */
export const keepOpen = (ticket) => change(ticket, () => api.delete(`/tickets/${ticket.id}/timers/close`), t("timers.kept"));

/** @param {Ticket} ticket */
export const wake = (ticket) => change(ticket, () => api.delete(`/tickets/${ticket.id}/snooze`), t("snooze.woken"));

const MORNING = 8; // o'clock, at which a ticket wakes

/** @param {Event} event @param {Ticket} ticket */
export function snoozeMenu(event, ticket) {
  const times = momentItems([[t("snooze.later"), inHours(3)], [t("snooze.tomorrow"), onDay(1, MORNING)], [t("snooze.monday"), onDay(untilMonday(), MORNING)], [t("snooze.week"), onDay(7, MORNING)]], (until) => void sleep(ticket, { until }));
  const items = [
    ...(ticket.snooze ? [{ label: t("snooze.wake"), icon: icon("refresh"), run: () => void wake(ticket) }] : []),
    ...times.map((item, at) => ({ ...item, line: Boolean(ticket.snooze) && at === 0 })),
    { label: t("snooze.on_reply"), icon: icon("reply"), line: true, run: () => void sleep(ticket, { on_reply: true }) },
    { label: t("snooze.date"), icon: icon("history"), run: () => void chooseDate(ticket) },
  ];
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("command.snooze"), items });
}

/** @param {Ticket} ticket */
const chooseDate = (ticket) => askMoment({ title: t("snooze.date_title"), label: t("snooze.until"), action: t("command.snooze"), first: inHours(24), run: (until) => sleep(ticketOf(ticket.id) || ticket, { until }) });
