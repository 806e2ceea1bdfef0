/** Under the search field: how many were found, what they have in common to narrow by, and keeping it as a view. */
import { Component, html, nothing } from "../../shared/element.js";
import { nameOf, number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { priorityName } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { may } from "../../shared/session.js";
import { askedHere, narrowed, quoted, searchTo } from "../state/asked.js";
import { agentOf, catalogue, teamOf } from "../state/catalogue.js";
import { list } from "../state/list.js";
import { openDialog } from "../state/ui.js";

/** @type {Record<string, {field: string, label: string, name: (value: string) => string}>} */
const KINDS = {
  category: { field: "category", label: "ticket.status", name: (value) => t(`status.${value}`) },
  team_id: { field: "team", label: "ticket.team", name: (value) => teamOf(value)?.name || t("ticket.no_team") },
  assignee_id: { field: "assignee", label: "ticket.assignee", name: (value) => (value ? nameOf(agentOf(value) || null) : t("ticket.nobody")) },
  priority: { field: "priority", label: "ticket.priority", name: priorityName },
  tag: { field: "tag", label: "ticket.tags", name: (value) => value || t("search.no_tag") },
};

class Facets extends Component {
  constructor() {
    super();
    this.watches(list, catalogue);
  }

  /** @param {Event} event @param {string} name */
  open(event, name) {
    const { field, label, name: said } = KINDS[name];
    const items = (list.value.facets[name] || []).map(({ value, count }) => {
      const condition = `${field}:${value ? quoted(value) : "none"}`;
      return { label: said(value), hint: number(count), checked: list.value.filter.includes(condition), run: () => searchTo(narrowed(askedHere(), condition)) };
    });
    openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t(label), items });
  }

  render() {
    const { q, filter, kind, state, facets, total } = list.value;
    if (!q && !filter) return nothing;
    const kinds = Object.keys(KINDS).filter((name) => facets[name]?.length);
    return html`<div class="list-filters facets" role="group" aria-label=${t("search.narrow")}>
      ${state === "ready" && may("tickets:read") ? html`${total === null ? nothing : html`<span class="t12 i3 num facets-count">${t("list.count", { n: total })}</span>`}<button class="filter" @click=${() => openDialog("save-view")}>${icon("plus", 12)}${t("search.save")}</button>` : nothing}
      ${q ? html`<button class="filter" aria-pressed=${String(kind === "messages")} @click=${() => searchTo({ ...askedHere(), kind: kind ? "" : "messages" })}>${icon("mail", 12)}${t("search.messages")}</button>` : nothing}
      ${kinds.map((name) => this.facet(name))}
    </div>`;
  }

  /** @param {string} name */
  facet(name) {
    const { field, label } = KINDS[name];
    const on = new RegExp(`(^|[\\s(])-?${field}:`).test(list.value.filter);
    return html`<button class="filter" aria-haspopup="menu" aria-expanded="false" aria-pressed=${String(on)} @click=${(/** @type {Event} */ event) => this.open(event, name)}>${t(label)}${icon("down", 12)}</button>`;
  }
}

customElements.define("desk-facets", Facets);
