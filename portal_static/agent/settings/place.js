/** Where in the settings the reader is: /agent/settings/<section>/<id>, or /agent/settings/<section>?new=1 or ?import=1. */
import { router } from "../router.js";

/** What a record that is not there yet has for an id: nothing else can have it. */
export const NEW = "#new";

/** And what the file has from which records are made. */
export const IMPORT = "#import";

/** @returns {{section: string, id: string}} "" where the address names none */
export function place() {
  const [, section = "", id = ""] = router.parts;
  if (id) return { section, id };
  return { section, id: router.query.has("new") ? NEW : router.query.has("import") ? IMPORT : "" };
}

/** @param {string} section @param {string} [id] @param {Record<string, string>} [query] */
export function pathTo(section, id = "", query = {}) {
  const special = id === NEW ? { new: "1" } : id === IMPORT ? { import: "1" } : null;
  const asked = new URLSearchParams(Object.entries({ ...special, ...query }).filter(([, value]) => value)).toString();
  return `/settings/${section}${id && !special ? `/${encodeURIComponent(id)}` : ""}${asked ? `?${asked}` : ""}`;
}

/** @param {string} section @param {string} [id] @param {Record<string, string>} [query] */
export const hrefTo = (section, id, query) => router.href(pathTo(section, id, query));
