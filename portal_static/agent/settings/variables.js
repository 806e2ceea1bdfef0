/** What {{…}} can stand for in templates and in words of macros. */
import { api } from "../../shared/api.js";
import { hasText, t } from "../../shared/i18n.js";
import { Resource } from "../../shared/resource.js";
import { fields, inUse } from "./kept.js";

/** @extends {Resource<{name: string, meaning: string}[]>} */
class Variables extends Resource {
  open() {
    return this.load(async () => (await api.get("/template-variables")).data);
  }
}

export const variables = new Variables();

/** @param {(name: string) => void} put */
export function variableItems(put) {
  const plain = (variables.data || []).filter(({ name }) => !name.includes("<")).map(({ name, meaning }) => ({ label: name, hint: hasText(`variable.${name}`) ? t(`variable.${name}`) : meaning, run: () => put(name) }));
  return [...plain, ...inUse(fields).map((field) => ({ label: `fields.${field.id}`, hint: field.label, run: () => put(`fields.${field.id}`) }))];
}

/** Names in words that nothing is known by. @param {string} text */
export function unknownIn(text) {
  if (!variables.data) return [];
  const names = [...text.matchAll(/\{\{\s*([A-Za-z][\w.-]{0,80})\s*(?:\|[^{}|]{0,200})?\}\}/g)].map((found) => found[1]);
  return [...new Set(names)].filter((name) => !variables.data?.some((each) => each.name === name) && !name.startsWith("fields."));
}
