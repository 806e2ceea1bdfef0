/** The wall of a team, and one's own numbers: what the address asks for, and what was read. */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";
import { router } from "../router.js";

const EVERY = 60_000; // ms between two looks at a wall that is shown

/**
 * @typedef {{count: number, mean: number | null, mean_business: number | null, median_within: number | null}} Duration
 * @typedef {Record<string, any> & {first_response: Duration, next_response: Duration, resolution: Duration}} Figures
 * @typedef {{person_id: string, name: string, on: boolean, until: string | null, away: boolean, active: number, late: number, today: Figures | null}} WallPerson
 * @typedef {{at: string, active: number, unassigned: number, falls_due: number[], ages: {with_us: number, waiting: number}[], oldest: any, people: WallPerson[], today: Figures, usual: Figures, days: (Figures & {day: string})[]}} Wall
 * @typedef {{from: string, until: string, rows: {total: Figures, days: (Figures & {day: string})[]}[]}} Mine
 */

/** @type {Resource<Wall>} */
export const wall = new Resource();
/** @type {Resource<Mine>} */
export const mine = new Resource();

/** What the address asks for. @returns {{whose: "team" | "me", team: string}} */
export function asked() {
  return { whose: router.parts[1] === "me" ? "me" : "team", team: router.query.get("team") || "" };
}

/** @param {"team" | "me"} whose @param {string} [team] */
export const pathTo = (whose, team = asked().team) => `/numbers${whose === "me" ? "/me" : ""}${team ? `?${new URLSearchParams({ team })}` : ""}`;

const readWall = () => api.get("/wallboard", { team_id: asked().team || undefined });
const readMine = () => api.get("/numbers");

/** Read what the address asks for; another team shows only when it is there. */
export const load = () => (asked().whose === "me" ? mine.load(readMine) : wall.load(readWall));

/** Look again now and then while it is shown; gives what ends that. */
export function follow() {
  const timer = setInterval(() => !document.hidden && (asked().whose === "me" ? mine.refresh(readMine) : wall.refresh(readWall)), EVERY);
  return () => clearInterval(timer);
}
