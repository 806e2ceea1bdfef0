/** Prepared answers: macros and templates that this person may use. Read when they are first wanted. */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";

/** @typedef {{id: string, name: string, description?: string, shortcut?: string | null, kind: "macro" | "template", usage_count: number, actions?: any[]}} Answer */

/** @type {Resource<Answer[]>} */
export const answers = new Resource();

/** @param {"macro" | "template"} kind @param {any} page @returns {Answer[]} */
const named = (kind, page) => page.data.map((/** @type {any} */ each) => ({ ...each, kind }));

async function read() {
  const [macros, templates] = await Promise.all([api.get("/macros", { limit: 100 }), api.get("/templates", { limit: 100 })]);
  return [...named("macro", macros), ...named("template", templates)];
}

/** Read them, behind what is known already. */
export const loadAnswers = () => (answers.data ? answers.refresh(read) : answers.load(read));

document.addEventListener("desk-set", (event) => {
  if (["macro", "template"].includes(/** @type {CustomEvent} */ (event).detail) && answers.data) answers.refresh(read);
});

/** Those whose name or shortcut has this in it; what begins with it first. @param {string} text @returns {Answer[]} */
export function answersFor(text) {
  const wanted = text.toLocaleLowerCase();
  const all = (answers.data || []).filter(({ name, shortcut }) => name.toLocaleLowerCase().includes(wanted) || (shortcut || "").toLocaleLowerCase().startsWith(wanted));
  const rank = (/** @type {Answer} */ { name, shortcut }) => (wanted && (shortcut || "").toLocaleLowerCase() === wanted ? 0 : name.toLocaleLowerCase().startsWith(wanted) ? 1 : 2);
  return all.sort((a, b) => Number(a.kind === "template") - Number(b.kind === "template") || rank(a) - rank(b));
}
