/** The desk's addresses: /agent/views/<view>/tickets/<number>, /agent/search/tickets/<number>?q=&filter=, /agent/settings/<section>/<id>, and the other screens under the rail. */
import { Router } from "../shared/router.js";

export const router = new Router({ base: "/agent" });

export const FIRST = "open";
export const SEARCH = "search"; // the view of what somebody looked for: its words are in the query

/** @returns {{screen: "tickets" | "quarantine" | "numbers" | "notices" | "settings" | "me", view: string, ticket: string}} */
export function here() {
  const [head, view, , ticket] = router.parts;
  if (head === "mail") return { screen: "quarantine", view: "", ticket: "" };
  if (head === "numbers") return { screen: "numbers", view: "", ticket: "" };
  if (head === "notices") return { screen: "notices", view: "", ticket: "" };
  if (head === "settings") return { screen: "settings", view: "", ticket: "" };
  if (head === "me") return { screen: "me", view: "", ticket: "" };
  if (head === "search") return { screen: "tickets", view: SEARCH, ticket: router.parts[2] || "" };
  if (head === "tickets") return { screen: "tickets", view: FIRST, ticket: view || "" };
  return { screen: "tickets", view: view || FIRST, ticket: ticket || "" };
}

/** @param {string} view @param {number | string} [ticket] */
export function pathOf(view, ticket) {
  if (view === SEARCH) return searchPath(ticket);
  const base = `/views/${encodeURIComponent(view)}`;
  return ticket ? `${base}/tickets/${ticket}` : base;
}

/** The search that is open, with or without a ticket. @param {number | string} [ticket] */
function searchPath(ticket) {
  const tail = router.query.toString();
  return `/search${ticket ? `/tickets/${ticket}` : ""}${tail ? `?${tail}` : ""}`;
}

/** @param {string} view @param {number | string} [ticket] */
export const hrefOf = (view, ticket) => router.href(pathOf(view, ticket));
