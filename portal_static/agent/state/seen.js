/** Until when this person has seen each ticket, in this browser: what makes a row unread. */

const PLACE = "lambdesk.seen";
const KEPT = 2000;

/** @type {Map<string, string>} */
const seen = new Map(remembered());

/** @param {string} id */
export const seenUntil = (id) => seen.get(id) || "";

/** @param {string} id @param {string} at time of the last message shown */
export function markSeen(id, at) {
  seen.delete(id);
  seen.set(id, at);
  localStorage.setItem(PLACE, JSON.stringify([...seen].slice(-KEPT)));
}

/** The customer wrote last, and nobody here has looked since. @param {import("./tickets.js").Ticket} ticket */
export function isUnread(ticket) {
  const last = ticket.last_message;
  return last?.kind === "customer" && last.at > seenUntil(ticket.id) && ticket.status.category !== "closed";
}

/** @returns {[string, string][]} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(PLACE) || "[]");
  } catch {
    return [];
  }
}
