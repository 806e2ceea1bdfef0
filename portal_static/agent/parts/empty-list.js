/** What an empty list says: why, and the next step. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { keycaps } from "../../shared/parts/badges.js";
import { paneState } from "../../shared/parts/states.js";
import { may, session } from "../../shared/session.js";
import { takeNext } from "../commands.js";
import { hrefOf, SEARCH } from "../router.js";
import { list } from "../state/list.js";
import { viewLabel, viewOf } from "../state/views.js";

/** @param {string} view */
export function emptyList(view) {
  if (view === SEARCH) return searchIsEmpty();
  if (view === "trash") return paneState({ icon: "trash", title: t("empty.trash.title"), text: t("empty.trash.text") });
  const waiting = viewOf("unassigned")?.count || 0;
  if (view === "mine") return mineIsEmpty(waiting);
  if (view === "open" && !viewOf("solved")?.count && !viewOf("closed")?.count) {
    const address = session.value.me?.org?.support_address || "";
    return paneState({ icon: "inbox", title: t("empty.first.title"), text: t("empty.first.text", { address }) });
  }
  return paneState({ icon: "inbox", title: t("empty.view.title"), text: t("empty.view.text") });
}

/** Nothing asked yet, or nothing found. */
function searchIsEmpty() {
  const { q, filter, others } = list.value;
  if (!q && !filter) return paneState({ icon: "search", title: t("search.begin.title"), text: t("search.begin.text") });
  if (others.length) return nothing;
  return paneState({ icon: "search", title: t("search.none.title"), text: t("search.none.text") });
}

/** @param {number} waiting */
function mineIsEmpty(waiting) {
  const take = html`<button class="btn primary" @click=${takeNext}>${t("command.take")} ${keycaps("t")}</button>`;
  const open = html`<a class="btn second" href=${hrefOf("unassigned")}>${t("empty.mine.open")}</a>`;
  return paneState({
    icon: "inbox",
    title: t("empty.mine.title"),
    text: waiting ? t("empty.mine.waiting", { n: waiting }) : t("empty.mine.text"),
    actions: waiting ? html`${may("tickets:write") ? take : nothing}${open}` : nothing,
  });
}

/** The way back from what cannot be opened. @param {string} view */
export function backLink(view) {
  return html`<a class="btn second" href=${hrefOf(view)}>${t("state.refused.back", { view: viewLabel(viewOf(view), view) })}</a>`;
}
