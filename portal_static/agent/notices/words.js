/** What notices say. */
import { clock, day, moment } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";

/** @typedef {import("../state/notices.js").Notice} Notice */

export const CHANNELS = ["inbox", "mail", "push"];
const ICONS = /** @type {Record<string, string>} */ ({
  assigned: "user", customer_replied: "mail", colleague_wrote: "note", mentioned: "chat", sla_breached: "alert", sla_warned: "clock",
  rule: "bolt", team_ticket: "users", reply_held: "clock", view_match: "filter", new_ticket: "inbox", status_changed: "check-circle", priority_changed: "filter",
});

/** @param {Notice} notice */
export const iconOf = (notice) => ICONS[notice.kind] || "inbox";

/** What happened, in a sentence. @param {Notice} notice */
export function sentenceOf(notice) {
  if (!notice.ticket) return t("notice.gone");
  if (notice.text && notice.kind === "rule") return notice.text;
  const target = notice.target ? t(`sla.${notice.target}`) : "";
  return t(`notice.kind.${notice.kind}`, { name: notice.actor?.name || t("notice.desk"), target, view: notice.text || "" });
}

/** What a notice's channels come to: failed, held, or as usual. @param {Notice} notice */
export function signOf({ channels }) {
  const states = Object.values(channels).map((each) => each.state);
  if (states.includes("failed")) return { icon: "alert", tone: "c-red" };
  if (states.includes("held")) return { icon: "clock", tone: "c-amber" };
  return { icon: "info", tone: "i3" };
}

/** The time today, else with its date. @param {string} iso */
const later = (iso) => (new Date(iso).toDateString() === new Date().toDateString() ? clock(iso) : `${day(iso)}, ${clock(iso)}`);

/** How one channel told of it, or why it did not. @param {import("../state/notices.js").ChannelState} state */
export function toldBy({ state, reason, until, at }) {
  const why = reason ? t(`notice.reason.${reason}`) : "";
  if (state === "held") return t("notice.state.held", { time: until ? later(until) : moment(at), why });
  if (state === "sent" || state === "sending") return t(`notice.state.${state}`, { time: moment(at) });
  return t(`notice.state.${state}`, { why });
}
