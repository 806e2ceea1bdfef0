/** Where in the settings the reader is: /agent/settings/<section>/<id>, or /agent/settings/<section>?new=1. */
import { router } from "../router.js";

/** What a record that is not there yet has for an id: nothing else can have it. */
export const NEW = "#new";

/** @returns {{section: string, id: string}} "" where the address names none */
export function place() {
  const [, section = "", id = ""] = router.parts;
  return { section, id: !id && router.query.has("new") ? NEW : id };
}

/** @param {string} section @param {string} [id] @param {Record<string, string>} [query] */
export function pathTo(section, id = "", query = {}) {
  const asked = new URLSearchParams(Object.entries(id === NEW ? { new: "1", ...query } : query).filter(([, value]) => value)).toString();
  return `/settings/${section}${id && id !== NEW ? `/${encodeURIComponent(id)}` : ""}${asked ? `?${asked}` : ""}`;
}

/** @param {string} section @param {string} [id] @param {Record<string, string>} [query] */
export const hrefTo = (section, id, query) => router.href(pathTo(section, id, query));
