/** The kept views that one follows: of each ticket that comes into one there is a notice. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { Resource } from "../../shared/resource.js";

/** @typedef {{view_id: string, label: string, since: string, state: "following" | "gone" | "not_in_sight" | "words"}} Followed */

const PATH = "/notifications/following";

/** @type {Resource<Followed[]>} */
export const followed = new Resource();

const read = async () => (await api.get(PATH)).data;

export const loadFollowed = () => followed.load(read);

/** @param {string} id */
export const follows = (id) => Boolean(followed.data?.some(({ view_id }) => view_id === id));

/** Begin to follow a view, or end it. @param {{id: string, label: string}} view @param {boolean} wanted @param {boolean} [again] this takes the other back */
export async function follow(view, wanted, again = false) {
  try {
    await (wanted ? api.put(`${PATH}/${view.id}`) : api.delete(`${PATH}/${view.id}`));
  } catch (error) {
    const { errors, message } = /** @type {any} */ (error);
    say({ bad: true, text: t("follow.failed", { name: view.label, reason: errors?.[0]?.message || message }) });
    return followed.refresh(read);
  }
  await followed.refresh(read);
  const undo = { label: t("action.undo"), keys: "z", run: () => follow(view, !wanted, true) };
  say({ text: t(wanted ? "follow.begun" : "follow.ended", { name: view.label }), action: again ? undefined : undo });
}
