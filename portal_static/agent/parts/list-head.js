/** Head of the list: the view, its count, the order; the views as a menu where they have no column. */
import { html, nothing } from "../../shared/element.js";
import { number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { may } from "../../shared/session.js";
import { here, hrefOf, pathOf, router } from "../router.js";
import { list, openView } from "../state/list.js";
import { openDialog } from "../state/ui.js";
import { viewLabel, viewOf, views } from "../state/views.js";
import { viewIcon } from "../views.js";

const ORDERS = [
  { sort: "-updated_at", key: "list.newest" },
  { sort: "updated_at", key: "list.oldest" },
];

export function listHead() {
  const { view } = list.value;
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
      ${may("tickets:write")
        ? html`<button class="btn second small square no-views" title=${t("command.new")} aria-label=${t("command.new")} @click=${() => openDialog("new-ticket")}>${icon("plus")}</button>`
        : nothing}
    </header>
    <div class="list-filters">
      <button class="filter" aria-haspopup="menu" aria-expanded="false" @click=${chooseOrder}>${icon("sort", 12)}${t(orderKey())}</button>
      ${phoneViews()}
    </div>`;
}

const orderKey = () => ORDERS.find((order) => order.sort === list.value.sort)?.key || ORDERS[0].key;

/** @param {Event} event */
function chooseOrder(event) {
  const items = ORDERS.map(({ sort, key }) => ({ label: t(key), checked: sort === list.value.sort, run: () => openView(list.value.view, sort) }));
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("list.order"), items });
}

/** @param {Event} event */
function chooseView(event) {
  const items = (views.data || []).map((view, at, all) => ({
    label: viewLabel(view, view.id),
    icon: viewIcon(view.id),
    hint: number(view.count),
    checked: view.id === list.value.view,
    head: view.group === "teams" && all[at - 1]?.group !== "teams" ? t("views.teams") : undefined,
    run: () => router.go(pathOf(view.id)),
  }));
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("views.label"), items });
}

/** On a phone the first views stand beside the order. */
function phoneViews() {
  const others = (views.data || []).filter((view) => view.id !== list.value.view && view.count).slice(0, 5);
  return others.map((view) => html`<a class="filter phone-only" href=${hrefOf(view.id)}>${viewLabel(view, view.id)} <span class="num">${number(view.count)}</span></a>`);
}
