/** The person who asked: what is known of them, and their other tickets. */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";
import { may } from "../../shared/session.js";
import { keep } from "./tickets.js";

const SHOWN = 6;

/** @type {Resource<{id: string, person: any, company: any, tickets: any[], more: boolean}>} */
export const requester = new Resource();

let asked = "";

/** @param {string} id */
export function openRequester(id) {
  if (id === asked && requester.value.state !== "failed") return;
  asked = id;
  requester.load(async () => {
    const [person, page] = await Promise.all([
      may("people:read") ? api.get(`/people/${id}`).catch(() => null) : null,
      api.get("/tickets", { requester_id: id, limit: SHOWN }),
    ]);
    keep(page.data);
    const company = person?.company_id ? await companyOf(person.company_id) : null;
    return { id, person, company, tickets: page.data, more: Boolean(page.next_cursor) };
  });
}

/** The company with its tickets that are not done. @param {string} id */
async function companyOf(id) {
  const [company, page] = await Promise.all([api.get(`/companies/${id}`).catch(() => null), api.get(`/companies/${id}/tickets`, { category: "active", limit: SHOWN }).catch(() => ({ data: [] }))]);
  return company && { ...company, open: page.data.length, more: Boolean(page.next_cursor), tickets: page.data };
}

/** Look again, behind what is shown. */
export function refreshRequester() {
  const id = asked;
  asked = "";
  if (id) openRequester(id);
}
