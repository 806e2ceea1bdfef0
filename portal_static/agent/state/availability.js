/** Whether one takes tickets now: said by oneself, or by the desk when one has done nothing for a while. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { session } from "../../shared/session.js";
import { agentOf, catalogue } from "./catalogue.js";

/** @typedef {{state: string, since: string, by: string, reassign: boolean}} Availability */

export const STATES = ["available", "away", "offline"];
const IDLE = 10 * 60_000; // ms without a hand on keys or mouse
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"];

/** @returns {Availability} */
export const ownAvailability = () => /** @type {any} */ (agentOf(session.value.me?.id || ""))?.availability || { state: "available", since: "", by: "clock", reassign: false };

/** @param {string} id @param {Availability} availability */
function show(id, availability) {
  catalogue.merge({ staff: catalogue.value.staff.map((person) => (person.id === id ? { ...person, availability } : person)) });
}

let asked = 0; // an answer to what was said before the last word shows nothing

/** Shown at once, and taken back when the server refuses. @param {Partial<Availability>} wish */
export async function setAvailability(wish) {
  const id = session.value.me?.id || "";
  const before = ownAvailability();
  const said = { state: before.state, reassign: false, by: "self", ...wish };
  const mine = (asked += 1);
  show(id, { ...before, ...said });
  try {
    const person = await api.put(`/people/${id}/availability`, { body: said });
    if (mine === asked) show(id, person.availability);
  } catch (error) {
    if (mine === asked) show(id, before);
    if (said.by === "self") say({ bad: true, text: t("available.failed", { reason: /** @type {Error} */ (error).message }) });
  }
}

/** Away after a while without a sign of life, back with the next one; what was said by oneself stays. */
export function watchIdleness() {
  let timer = 0;
  const gone = () => {
    if (ownAvailability().state === "available") setAvailability({ state: "away", by: "clock" });
  };
  const here = () => {
    clearTimeout(timer);
    timer = window.setTimeout(gone, IDLE);
    const { state, by } = ownAvailability();
    if (state === "away" && by === "clock") setAvailability({ state: "available", by: "clock" });
  };
  const how = { passive: true, capture: true };
  for (const sign of SIGNS) document.addEventListener(sign, here, how);
  here();
  return () => {
    clearTimeout(timer);
    for (const sign of SIGNS) document.removeEventListener(sign, here, how);
  };
}
