/** One page of a list: of a view, of a filter, or of what words find. */
import { api } from "../../shared/api.js";
import { SEARCH } from "../router.js";

const PAGE = 50;
const FACETS = "category,team_id,assignee_id,tag,priority";

/** @typedef {{tickets: any[], cursor: string | null, beside: Record<string, any>}} Page */

/**
 * @param {{view: string, sort: string, q: string, filter: string, kind: string}} asked
 * @param {string | null} [cursor] @returns {Promise<Page>}
 */
export function pageOf(asked, cursor) {
  if (asked.view === SEARCH && asked.q) return found(asked, cursor);
  if (asked.view === SEARCH && !asked.filter) return Promise.resolve({ tickets: [], cursor: null, beside: {} });
  return listed(asked, cursor);
}

/** @param {{view: string, sort: string, filter: string}} asked @param {string | null} [cursor] */
async function listed({ view, sort, filter }, cursor) {
  const page = await api.get("/tickets", { view: view === SEARCH ? "" : view, filter, sort, limit: PAGE, cursor });
  return { tickets: page.data, cursor: page.next_cursor, beside: {} };
}

/** @param {{q: string, filter: string, sort: string, kind: string}} asked @param {string | null} [cursor] */
async function found({ q, filter, sort, kind }, cursor) {
  const page = await api.get("/search", { q, filter, sort, type: kind, limit: PAGE, cursor, facets: cursor ? "" : FACETS });
  const hits = page.data.filter((/** @type {any} */ hit) => hit.ticket);
  const marks = Object.fromEntries(hits.map((/** @type {any} */ hit) => [hit.ticket.id, hit.highlights]));
  const others = page.data.filter((/** @type {any} */ hit) => !hit.ticket);
  const first = cursor ? {} : { others, facets: page.facets || {}, total: page.total ?? null };
  return { tickets: hits.map((/** @type {any} */ hit) => hit.ticket), cursor: page.next_cursor, beside: { marks, ...first } };
}
