/** The portal's addresses live in the hash: a sign-in token there reaches no server log and no referrer. */
import { Router } from "../shared/router.js";

export const router = new Router({ base: "/portal/", hash: true });

/** @returns {{screen: "tickets" | "ticket" | "new" | "link", id: string, state: "open" | "done"}} */
export function here() {
  const [head, id] = router.parts;
  if (head === "sign-in") return { screen: "link", id: id || "", state: "open" };
  if (head === "new") return { screen: "new", id: "", state: "open" };
  if (head === "tickets" && id) return { screen: "ticket", id, state: "open" };
  return { screen: "tickets", id: "", state: head === "done" ? "done" : "open" };
}
