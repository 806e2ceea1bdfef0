/** Answers that leave at a time of their own: when, and how to send one now or take it back. */
import { api } from "../../shared/api.js";
import { weekdayTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { openMenu } from "../../shared/parts/menu.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { Store } from "../../shared/store.js";
import { conversation, refreshConversation } from "./conversation.js";
import { takeBack } from "./held.js";
import { askMoment, inHours, momentItems, onDay, untilMonday } from "./moments.js";
import { keep } from "./tickets.js";

const YEAR = 365 * 24; // hours, as far ahead as the server lets an answer wait

/** Messages about which the server is being asked. @type {Store<Set<string>>} */
export const asking = new Store(new Set());

/** @param {any} message */
export const leavesLater = ({ delivery }) => delivery.status === "held" && Boolean(delivery.later);

/** The usual times to send; `send` gets the one that is chosen. @param {HTMLElement} anchor @param {(iso: string) => void} send */
export function laterMenu(anchor, send) {
  const monday = untilMonday();
  const today = onDay(0, 17);
  /** @type {[string, string][]} */
  const times = [
    [t("later.hour"), inHours(1)],
    ...(Date.parse(today) > Date.now() ? [/** @type {[string, string]} */ ([t("later.afternoon"), today])] : []),
    [t("later.tomorrow"), onDay(1, 9)],
    ...(monday > 1 ? [/** @type {[string, string]} */ ([t("later.monday"), onDay(monday, 9)])] : []),
  ];
  const date = { label: t("later.date"), icon: icon("calendar"), line: true, run: () => void askDate(send) };
  openMenu(anchor, { label: t("later.title"), items: [...momentItems(times, send, weekdayTime), date] });
}

/** @param {(iso: string) => void} send */
const askDate = (send) => askMoment({ title: t("later.date_title"), label: t("later.at"), action: t("later.title"), first: onDay(1, 9), last: inHours(YEAR), run: send });

/** @param {string} ticket id @param {string} id of the message */
export const takeLaterBack = (ticket, id) => once(id, () => takeBack(ticket, id, t("later.gone")));

/** @param {string} ticket id @param {string} id of the message */
export const sendNow = (ticket, id) => once(id, async () => {
  try {
    await api.put(`/tickets/${ticket}/messages/${id}/sending`);
    keep([await api.get(`/tickets/${ticket}`)]);
  } catch (error) {
    const { status, detail } = /** @type {any} */ (error);
    say({ bad: true, text: status === 409 ? t("later.gone") : t("later.failed", { reason: status ? detail : t("change.offline") }) });
  }
  if (conversation.data?.id === ticket) await refreshConversation();
});

/** Choose the status that the ticket gets when it leaves, "" for none. @param {string} ticket id @param {string} id of the message @param {string} status */
export const planStatus = (ticket, id, status) => once(id, async () => {
  try {
    await api.patch(`/tickets/${ticket}/messages/${id}/sending`, { status_id: status || null });
  } catch (error) {
    const { status: code, detail } = /** @type {any} */ (error);
    say({ bad: true, text: code === 409 ? t("later.gone") : t("later.then_failed", { reason: code ? detail : t("change.offline") }) });
  }
  if (conversation.data?.id === ticket) await refreshConversation();
});

/** @param {string} id @param {() => Promise<any>} act */
async function once(id, act) {
  if (asking.value.has(id)) return;
  asking.set(new Set(asking.value).add(id));
  await act().finally(() => asking.set(new Set([...asking.value].filter((each) => each !== id))));
}
