/** The week that is shown, the shifts and leaves that it is made of, and what somebody is just moving. */
import { api } from "../../../shared/api.js";
import { Resource } from "../../../shared/resource.js";
import { may } from "../../../shared/session.js";
import { Store } from "../../../shared/store.js";
import { router } from "../../router.js";
import { calendars } from "../kept.js";
import { pathTo } from "../place.js";
import { Records } from "../records.js";
import { addDays, mondayOf, today, zones } from "./days.js";

/** @typedef {{from: string, until: string, shift_id: string}} Span */
/** @typedef {{from: string, until: string, reason: string, leave_id: string}} Away */
/** @typedef {{person_id: string, name: string, spans: Span[], leaves: Away[]}} Person */
/** @typedef {{from: string, until: string, zone: string, people: Person[], uncovered: {from: string, until: string}[]}} Week */
/**
 * What is being moved or drawn, not saved yet: a span and where it goes, or a new one on a day.
 * @typedef {{person_id: string, day: string, from: number, until: number} | {span: Span, edge: "" | "start" | "end", by: number}} Draft
 */

/** @type {Resource<Week>} */
export const week = new Resource();
/** @type {Store<Draft | null>} */
export const draft = new Store(/** @type {Draft | null} */ (null));
export const shifts = new Records({ path: "/shifts", kind: "shift" });
export const leaves = new Records({ path: "/leaves", kind: "leave" });
export const KINDS = ["shift", "leave", "calendar", "person"];

/** What the address asks for. */
export function asked() {
  const { query } = router;
  const zone = query.get("zone") || zones([])[0];
  const from = mondayOf(/^\d{4}-\d\d-\d\d$/.test(query.get("from") || "") ? String(query.get("from")) : today(zone));
  const now = today(zone);
  const shown = query.get("day") || now;
  return { from, zone, team: query.get("team") || "", calendar: query.get("calendar") || "", day: shown >= from && shown <= addDays(from, 6) ? shown : from };
}

/** @param {Record<string, string>} change */
export function go(change) {
  const kept = Object.fromEntries(["from", "zone", "team", "calendar", "day"].map((name) => [name, router.query.get(name) || ""]));
  router.go(pathTo("coverage", "", { ...kept, ...change }), { replace: true });
}

const read = () => {
  const { from, zone, team, calendar } = asked();
  return api.get("/coverage/week", { from, zone, team_id: team || undefined, calendar_id: calendar || undefined });
};

/** Fetch another week; the one that is shown stays until it is there, and goes when it cannot be read. */
export async function load() {
  if (!week.data) return week.load(read);
  await week.refresh(() => read().catch((/** @type {any} */ error) => {
    week.set({ state: "failed", slow: false, data: null, error });
    throw error;
  }));
}

/** Fetch it again behind what is shown. */
export const refresh = () => week.refresh(read);

/** Why somebody is away is for those who plan. */
const readable = () => (may("settings:write") ? [shifts, leaves, calendars] : [shifts, calendars]);

/** All that the screen reads. */
export function open() {
  load();
  for (const records of readable()) records.open();
}

/** Somebody else has changed something of it. @param {Event} event */
export function follow(event) {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (!KINDS.includes(detail)) return;
  refresh();
  readable().find(({ kind }) => kind === detail)?.open();
}
