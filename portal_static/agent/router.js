/** The desk's addresses: /agent/views/<view>/tickets/<number>, /agent/settings/<section>/<id>, and the other screens under the rail. */
import { Router } from "../shared/router.js";

export const router = new Router({ base: "/agent" });

export const FIRST = "open";

/** @returns {{screen: "tickets" | "quarantine" | "settings" | "me", view: string, ticket: string}} */
export function here() {
  const [head, view, , ticket] = router.parts;
  if (head === "mail") return { screen: "quarantine", view: "", ticket: "" };
  if (head === "settings") return { screen: "settings", view: "", ticket: "" };
  if (head === "me") return { screen: "me", view: "", ticket: "" };
  if (head === "tickets") return { screen: "tickets", view: FIRST, ticket: view || "" };
  return { screen: "tickets", view: view || FIRST, ticket: ticket || "" };
}

/** @param {string} view @param {number | string} [ticket] */
export function pathOf(view, ticket) {
  const base = `/views/${encodeURIComponent(view)}`;
  return ticket ? `${base}/tickets/${ticket}` : base;
}

/** @param {string} view @param {number | string} [ticket] */
export const hrefOf = (view, ticket) => router.href(pathOf(view, ticket));
