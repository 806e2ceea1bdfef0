/** Head of the list: the view, its count, the order; the views as a menu where they have no column. */
import { html, nothing } from "../../shared/element.js";
import { number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { may, session } from "../../shared/session.js";
import { here, hrefOf, pathOf, router, SEARCH } from "../router.js";
import { list, openView } from "../state/list.js";
import { need } from "../state/parts.js";
import { openDialog, ui } from "../state/ui.js";
import { isKept, viewLabel, viewOf, views } from "../state/views.js";
import { viewIcon } from "../views.js";

const ORDERS = ["-updated_at", "updated_at", "due_at", "-created_at", "created_at", "-priority,updated_at"];
/** @type {{needed?: Promise<any>}} */
const bells = {};
const OWN = "-updated_at"; // the order of a view that names none

/** Show the search field and put the caret into it. */
export function openSearch() {
  need("search");
  ui.merge({ searching: true });
  /** @type {HTMLElement | null} */ (document.querySelector("desk-search input"))?.focus();
}

/** The search field in place of the title. */
function searchHead() {
  return html`<header class="list-head search-head">${here().ticket ? nothing : html`<h1 class="said">${t("search.title")}</h1>`}<desk-search></desk-search></header>
    ${list.value.view === SEARCH ? html`<desk-facets></desk-facets>` : nothing}`;
}

export function listHead() {
  const { view } = list.value;
  if (view === SEARCH || ui.value.searching) return searchHead();
  const known = viewOf(view);
  const label = viewLabel(known, view);
  return html`<header class="list-head">
      ${here().ticket ? nothing : html`<h1 class="said">${label}</h1>`}
      <h2 class="list-title wide-only">${label}</h2>
      <button class="list-title-menu" aria-haspopup="menu" aria-expanded="false" @click=${chooseView}>
        ${viewIcon(view)}<span class="cut" dir="auto">${label}</span>${icon("down", 12)}
      </button>
      ${known ? html`<span class="list-count num" aria-label=${t("list.count", { n: known.count })}>${number(known.count)}</span>` : nothing}
      <span class="grow"></span>
      <button class="btn ghost square small" title=${t("search.label")} aria-label=${t("search.label")} @click=${openSearch}>${icon("search")}</button>
      ${isKept(known) ? bell(known) : nothing}
      ${isKept(known) ? html`<button class="btn ghost square small" aria-label=${t("views.acts")} aria-haspopup="menu" aria-expanded="false" @click=${keptMenu}>${icon("more")}</button>` : nothing}
      ${may("tickets:write")
        ? html`<button class="btn second small square no-views" title=${t("command.new")} aria-label=${t("command.new")} @click=${() => openDialog("new-ticket")}>${icon("plus")}</button>`
        : nothing}
    </header>
    <div class="list-filters">
      <button class="filter" aria-haspopup="menu" aria-expanded="false" @click=${chooseOrder}>${icon("sort", 12)}${orderName(orderHere())}</button>
      ${phoneViews()}
    </div>`;
}

/** Following a view is fetched with the first one that somebody keeps. @param {import("../state/views.js").View | undefined} view */
function bell(view) {
  if (session.value.me?.kind !== "agent") return nothing;
  if (!bells.needed) bells.needed = need("follow");
  return html`<desk-follow .view=${view}></desk-follow>`;
}

/** The order that the rows are in. */
const orderHere = () => list.value.sort || viewOf(list.value.view)?.sort || OWN;

/** @param {string} sort */
const orderName = (sort) => (ORDERS.includes(sort) ? t(`list.sort.${sort}`) : t("list.sort.view"));

/** @param {Event} event */
function chooseOrder(event) {
  const { view } = list.value;
  const all = [...new Set([viewOf(view)?.sort || OWN, ...ORDERS])];
  const items = all.map((sort) => ({ label: orderName(sort), checked: sort === orderHere(), run: () => openView(view, sort) }));
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("list.order"), items });
}

/** @param {Event} event */
function chooseView(event) {
  const items = (views.data || []).map((view, at, all) => ({
    label: viewLabel(view, view.id),
    icon: viewIcon(view.id),
    hint: number(view.count),
    checked: view.id === list.value.view,
    head: view.group !== "inbox" && all[at - 1]?.group !== view.group ? t(`views.${view.group}`) : undefined,
    run: () => router.go(pathOf(view.id)),
  }));
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("views.label"), items });
}

/** On a phone the first views stand beside the order. */
function phoneViews() {
  const others = (views.data || []).filter((view) => view.id !== list.value.view && view.count).slice(0, 5);
  return others.map((view) => html`<a class="filter phone-only" href=${hrefOf(view.id)}>${viewLabel(view, view.id)} <span class="num">${number(view.count)}</span></a>`);
}

/** What may be done to a view that somebody keeps. @param {Event} event */
function keptMenu(event) {
  const view = viewOf(list.value.view);
  if (!view) return;
  import("../search/kept-view.js").then(({ keptItems }) => {
    openMenu(/** @type {HTMLElement} */ (event.target).closest("button") || document.body, { label: t("views.acts"), items: keptItems(view) });
  });
}
