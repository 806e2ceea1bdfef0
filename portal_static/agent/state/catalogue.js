/** What the desk is set up with: statuses, teams, staff, tags. Read once, then looked up by id. */
import { api } from "../../shared/api.js";
import { namePriorities } from "../../shared/parts/badges.js";
import { Store } from "../../shared/store.js";

/** @typedef {{id: string, label: string, category: string, next: string[]}} Status */
/** @typedef {{id: string, name: string, hue: number}} Team */
/** @typedef {{id: string, name: string, email: string, role: string}} Person */

/** Ids of the priorities, the most urgent first; the desk's own once they are read. */
export const PRIORITIES = ["urgent", "high", "normal", "low"];

/** @typedef {{statuses: Status[], teams: Team[], formerTeams: Team[], staff: Person[], tags: string[]}} Catalogue */

export const catalogue = new Store(/** @type {Catalogue} */ ({ statuses: [], teams: [], formerTeams: [], staff: [], tags: [] }));

export async function loadCatalogue() {
  const [statuses, teams, staff, tags, priorities] = await Promise.all([
    api.get("/statuses"),
    api.get("/teams", { archived: 1 }),
    api.get("/people", { kind: "staff", limit: 100 }),
    api.get("/tags"),
    api.get("/priorities").catch(() => ({ data: [] })),
  ]);
  const ranked = [...priorities.data].sort((a, b) => b.rank - a.rank);
  namePriorities(ranked);
  if (ranked.length) PRIORITIES.splice(0, PRIORITIES.length, ...ranked.map((/** @type {{id: string}} */ each) => each.id));
  catalogue.set({
    statuses: statuses.data,
    teams: teams.data.filter((/** @type {any} */ team) => !team.archived),
    formerTeams: teams.data.filter((/** @type {any} */ team) => team.archived),
    staff: staff.data,
    tags: tags.data.map((/** @type {{id: string}} */ tag) => tag.id),
  });
}

/** @param {string} id @returns {Status} */
export const statusOf = (id) =>
  catalogue.value.statuses.find((status) => status.id === id) || { id, label: id, category: id, next: [] };

/** @param {string | null} id */
export const teamOf = (id) => [...catalogue.value.teams, ...catalogue.value.formerTeams].find((team) => team.id === id);

/** @param {string | null} id */
export const agentOf = (id) => catalogue.value.staff.find((person) => person.id === id);

/** Staff who may hold a ticket. */
export const assignable = () => catalogue.value.staff.filter((person) => person.role !== "viewer");
