/** The column of views with live counts. */
import { Component, html, nothing } from "../shared/element.js";
import { number } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { teamDot } from "../shared/parts/people.js";
import { may, session } from "../shared/session.js";
import { here, hrefOf, router } from "./router.js";
import { catalogue, teamOf } from "./state/catalogue.js";
import { openDialog } from "./state/ui.js";
import { loadViews, viewLabel, views } from "./state/views.js";

/** @type {Record<string, string>} */
const ICONS = { mine: "inbox", unassigned: "user", unmatched: "alert", open: "status-open", waiting: "status-waiting", solved: "status-solved", closed: "status-closed", trash: "trash", search: "search" };

/** @param {string} id */
export function viewIcon(id) {
  const team = id.startsWith("team:") ? teamOf(id.slice(5)) : null;
  if (team) return teamDot(team.hue, team.name);
  return id.startsWith("team:") ? teamDot("", id) : icon(ICONS[id] || "filter");
}

const GROUPS = ["inbox", "teams", "shared", "personal"];

class Views extends Component {
  constructor() {
    super();
    this.watches(views, router, session, catalogue);
  }

  render() {
    const { state, data, slow } = views.value;
    return html`<nav class="views" aria-label=${t("views.label")}>
      <div class="views-head">
        <span class="grow cut" dir="auto">${session.value.me?.org?.name}</span>
        ${may("tickets:write")
          ? html`<button class="btn second small square" title=${t("command.new")} aria-label=${t("command.new")} @click=${() => openDialog("new-ticket")}>${icon("plus")}</button>`
          : nothing}
      </div>
      ${state === "failed" && !data ? this.failed() : nothing}
      ${slow && !data ? html`<div class="bones view-bones" role="status" aria-label=${t("state.loading")}>${["w60", "w80", "w50", "w70"].map((width) => html`<span class="bone ${width}"></span>`)}</div>` : nothing}
      ${GROUPS.map((group) => this.group(group))}
    </nav>`;
  }

  failed() {
    return html`<div class="views-failed" role="alert">
      <span>${t("views.failed")}</span>
      <button class="link" @click=${loadViews}>${t("action.retry")}</button>
    </div>`;
  }

  /** @param {string} group */
  group(group) {
    const all = (views.data || []).filter((view) => view.group === group);
    if (!all.length) return nothing;
    return html`${group === "inbox" ? nothing : html`<h2 class="views-caption">${t(`views.${group}`)}</h2>`}
      ${all.map((view) => this.view(view))}`;
  }

  /** @param {import("./state/views.js").View} view */
  view(view) {
    const current = view.id === here().view;
    return html`<a class="view" href=${hrefOf(view.id)} aria-current=${current ? "page" : "false"}>
      ${viewIcon(view.id)}<span class="cut" dir="auto">${viewLabel(view, view.id)}</span>
      <span class="n num">${number(view.count)}</span>
    </a>`;
  }
}

customElements.define("desk-views", Views);
