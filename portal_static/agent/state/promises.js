/** What a ticket is promised, as people read it: how much time is left, and how much of it is used. */
import { t } from "../../shared/i18n.js";

/** @typedef {{target: string, state: string, minutes: number, since: string, due_at: string | null, warn_at: string | null, left_seconds: number | null, met_at: string | null}} Target */
/** @typedef {{policy_id: string, policy: string, calendar_id: string | null, paused_at: string | null, targets: Target[]}} Sla */
/** @typedef {{tone: "ok" | "soon" | "late" | "pause" | "met", text: string, share: number}} Reading */

const MINUTE = 60_000;
const WARNED = 0.75; // of the ring, at the time of the warning
const ORDER = ["first_response", "next_response", "update", "resolution"];

/** A length of time in h and m, in minutes under an hour, in days over two. @param {number} length ms */
export function span(length) {
  const minutes = Math.max(0, Math.floor(length / MINUTE));
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return t("age.minutes", { n: minutes });
  if (hours < 48) return minutes % 60 ? t("span.hours_minutes", { h: hours, m: String(minutes % 60).padStart(2, "0") }) : t("age.hours", { n: hours });
  return hours % 24 ? t("span.days_hours", { d: Math.floor(hours / 24), h: hours % 24 }) : t("age.days", { n: hours / 24 });
}

/** @param {Target} target @param {number} [now] @returns {Reading} */
export function readingOf(target, now = Date.now()) {
  if (target.met_at) return { tone: target.state === "met_late" ? "late" : "met", text: t(target.state === "met_late" ? "sla.met_late" : "sla.met", { time: span(Date.parse(target.met_at) - Date.parse(target.since)) }), share: 1 };
  if (!target.due_at) return { tone: "pause", text: t("sla.paused", { time: span((target.left_seconds || 0) * 1000) }), share: 0 };
  const due = Date.parse(target.due_at);
  if (now >= due) return { tone: "late", text: t("sla.late", { time: span(now - due) }), share: 1 };
  const warn = target.warn_at ? Date.parse(target.warn_at) : due;
  return { tone: now >= warn ? "soon" : "ok", text: span(due - now), share: used(now, Date.parse(target.since), warn, due) };
}

/** The share of the time that is used: what a calendar leaves out is not known here, when it warns is. @param {number} now @param {number} since @param {number} warn @param {number} due */
function used(now, since, warn, due) {
  if (now >= warn) return WARNED + (1 - WARNED) * ((now - warn) / Math.max(1, due - warn));
  return WARNED * Math.max(0, (now - since) / Math.max(1, warn - since));
}

/** The targets whose clock runs, the first due first. @param {Sla | null | undefined} sla */
export const running = (sla) => (sla?.targets || []).filter((each) => each.due_at && !each.met_at).sort((a, b) => (String(a.due_at) < String(b.due_at) ? -1 : 1));

/** All of them, as one speaks of them. @param {Sla} sla */
export const inOrder = (sla) => [...sla.targets].sort((a, b) => ORDER.indexOf(a.target) - ORDER.indexOf(b.target));
