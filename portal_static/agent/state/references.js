/** People, companies and tickets that custom fields name by id: their names, each looked up once. */
import { api } from "../../shared/api.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { Store } from "../../shared/store.js";

/** @typedef {"person" | "company" | "ticket"} Kind */

/** What of the API knows a kind, and what it is called. @type {Record<Kind, {path: string, found: string, name: (thing: any) => string}>} */
export const KINDS = {
  person: { path: "/people", found: "people", name: (person) => nameOf(person) },
  company: { path: "/companies", found: "companies", name: (company) => company.name },
  ticket: { path: "/tickets", found: "tickets", name: (ticket) => `#${ticket.number} ${ticket.subject || t("ticket.no_subject")}` },
};

/** @param {string} type @returns {type is Kind} */
export const isReference = (type) => type in KINDS;

/** Names by kind and id. @type {Store<Map<string, string>>} */
export const references = new Store(new Map());
const asked = new Set();

/** Learn a name. @param {Kind} kind @param {any} thing */
export function learnName(kind, thing) {
  asked.add(`${kind}:${thing.id}`);
  references.set(new Map(references.value).set(`${kind}:${thing.id}`, KINDS[kind].name(thing)));
}

/** The name, or the id until it is known. @param {Kind} kind @param {string} id */
export function referenceName(kind, id) {
  const key = `${kind}:${id}`;
  if (!asked.has(key)) {
    asked.add(key);
    api.get(`${KINDS[kind].path}/${id}`).then((thing) => learnName(kind, thing), () => {});
  }
  return references.value.get(key) || id;
}
