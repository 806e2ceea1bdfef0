/** The list of views with their live counts. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { Resource } from "../../shared/resource.js";
import { session } from "../../shared/session.js";
import { SEARCH } from "../router.js";

/** @typedef {{id: string, label: string, group: string, count: number, query: Record<string, string>, filter?: string, sort?: string, shared?: string, owner_id?: string | null, version?: number}} View */

const ACTIVE = ["new", "open", "waiting", "on_hold"];
const REST = 1500; // ms between two counts at most

/** @type {Resource<View[]>} */
export const views = new Resource();

let timer = 0;

const read = async () => (await api.get("/views")).data;

export const loadViews = () => views.load(read);

/** Look again at once, behind what is shown. */
export const readViews = () => views.refresh(read);

/** Count again soon, however often this is called. */
export function recount() {
  clearTimeout(timer);
  timer = window.setTimeout(() => views.refresh(read), REST);
}

/** @param {string} id */
export const viewOf = (id) => views.data?.find((view) => view.id === id);

/** Our word for a built-in view, the team's name for its queue. @param {View | undefined} view @param {string} id */
export function viewLabel(view, id) {
  if (id === SEARCH) return t("search.title");
  const known = ["mine", "unassigned", "unmatched", "open", "waiting", "solved", "closed", "trash"];
  return known.includes(id) ? t(`view.${id}`) : view?.label || t("view.unknown");
}

/** Somebody made it: only the server can tell what it holds. @param {View | undefined} view */
export const isKept = (view) => Boolean(view && (view.group === "shared" || view.group === "personal"));

/** Would the server list this ticket in the view? @param {View | undefined} view @param {import("./tickets.js").Ticket} ticket */
export function belongs(view, ticket) {
  const { category, assignee_id, team_id } = view?.query || {};
  if (category === "trash" || ticket.trashed_at) return (category === "trash") === Boolean(ticket.trashed_at);
  if (view?.id === "unmatched") return Boolean(/** @type {any} */ (ticket).unmatched);
  if (category && !categories(category).includes(ticket.status.category)) return false;
  if (team_id && ticket.team_id !== team_id) return false;
  if (assignee_id === "none") return ticket.assignee_id === null;
  if (assignee_id) return ticket.assignee_id === (assignee_id === "me" ? session.value.me?.id : assignee_id);
  return true;
}

/** @param {string | string[]} category */
const categories = (category) => [category].flat().flatMap((each) => (each === "active" ? ACTIVE : each.split(",")));
