/** What may be done to a view that somebody keeps: search on from it, change it, remove it. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { may, session } from "../../shared/session.js";
import { FIRST, pathOf, router } from "../router.js";
import { searchTo } from "../state/asked.js";
import { follow, follows } from "../state/followed.js";
import { openDialog } from "../state/ui.js";
import { readViews } from "../state/views.js";

/** @typedef {import("../state/views.js").View} View */

/** @param {View} view @returns {import("../../shared/parts/menu.js").Item[]} */
export function keptItems(view) {
  const mine = view.shared === "me" ? view.owner_id === session.value.me?.id : may("settings:write");
  const on = { label: t("views.search_on"), icon: icon("search"), run: () => searchTo({ q: "", filter: view.filter || "" }) };
  const following = follows(view.id);
  const bell = { label: t(following ? "follow.end" : "follow.begin"), icon: icon("bell"), run: () => follow(view, !following) };
  if (!mine) return [on, bell];
  return [
    on,
    bell,
    { label: t("views.change"), icon: icon("draft"), run: () => openDialog("save-view", view.id) },
    { label: t("views.remove"), icon: icon("trash"), line: true, run: () => remove(view) },
  ];
}

/** @param {View} view */
async function remove(view) {
  const done = await ask({
    title: t("views.remove_title", { name: view.label }),
    text: t(view.shared === "me" ? "views.remove_text" : "views.remove_shared"),
    action: t("views.remove"),
    danger: true,
    run: () => api.delete(`/views/${view.id}`),
  });
  if (!done) return;
  router.go(pathOf(FIRST));
  await readViews();
  const { label, filter, sort, shared } = view;
  const again = async () => {
    const kept = await api.post("/views", { label, filter, sort, shared }).catch(() => null);
    await readViews();
    if (kept) router.go(pathOf(kept.id));
  };
  say({ text: t("views.removed", { name: label }), action: { label: t("action.undo"), keys: "z", run: again } });
}
