/** What the desk describes tickets with beside the fixed properties: topics and custom fields, by id. */
import { api } from "../../shared/api.js";
import { Store } from "../../shared/store.js";

/** @typedef {{id: string, label: string, parent_id: string | null, form_id: string | null, archived: boolean}} Topic */
/** @typedef {{id: string, label: string, type: string, help: string, options: {id: string, label: string, parent_id?: string | null, archived?: boolean}[], validation: any, archived: boolean, required_when: any, visible_when: any, default: any}} Definition */
/** @typedef {{id: string, label: string, field_ids: string[], for: string, default: boolean}} Form */

export const definitions = new Store({ topics: /** @type {Topic[]} */ ([]), fields: /** @type {Definition[]} */ ([]), forms: /** @type {Form[]} */ ([]) });

export const TYPES = ["question", "incident", "problem", "task"];

/** Read them anew. */
export async function loadDefinitions() {
  const [topics, fields, forms] = await Promise.all(["/topics", "/fields", "/forms"].map((path) => api.get(path, { archived: path === "/forms" ? "" : "1" }).catch(() => ({ data: [] }))));
  definitions.set({ topics: topics.data, fields: fields.data, forms: forms.data });
}

/** @type {Promise<void> | undefined} */
let reading;

/** Wait until they have been read once. */
export const definitionsRead = () => (reading ||= loadDefinitions());

/** @param {string} id */
export const definitionOf = (id) => definitions.value.fields.find((field) => field.id === id);

/** @param {string | null | undefined} id */
export const topicOf = (id) => definitions.value.topics.find((topic) => topic.id === id);

/** A topic with those above it: "Chargers › Garage". @param {string | null | undefined} id @returns {string} */
export function topicPath(id) {
  const topic = topicOf(id);
  if (!topic) return id || "";
  return topic.parent_id ? `${topicPath(topic.parent_id)} › ${topic.label}` : topic.label;
}
