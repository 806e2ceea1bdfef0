/** The bar below the list while tickets are chosen or a job runs. */
import { Component, html, nothing } from "../../shared/element.js";
import { nameOf, number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { priorityBadge, priorityName, statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { avatar, nobody, teamDot } from "../../shared/parts/people.js";
import { may, session } from "../../shared/session.js";
import { assignable, catalogue, PRIORITIES } from "../state/catalogue.js";
import { jobs } from "../state/jobs.js";
import { list } from "../state/list.js";
import { chooseAll, chosen, clearChosen } from "../state/selection.js";
import { openDialog } from "../state/ui.js";
import { viewOf } from "../state/views.js";
import { cancelJob } from "./running.js";

/** @typedef {import("../../shared/parts/menu.js").Item} Item */

/** @param {any} change of a ticket @returns {() => void} */
const change = (change) => () => openDialog("bulk", { kind: "change", change });

/** Everything that a bulk change can set, as menus. @type {Record<string, () => Item[]>} */
export const MENUS = {
  status: () => catalogue.value.statuses.map((status) => ({ label: statusLabel(status), icon: statusIcon(status.category), run: change({ status_id: status.id }) })),
  assignee: () => [
    { label: t("command.assign_me"), icon: avatar(nameOf(session.value.me), 20), run: change({ assignee_id: session.value.me?.id }) },
    { label: t("ticket.nobody"), icon: nobody(18), run: change({ assignee_id: null }) },
    ...assignable().filter((person) => person.id !== session.value.me?.id).map((person) => ({ label: nameOf(person), icon: avatar(nameOf(person), 20), run: change({ assignee_id: person.id }) })),
  ],
  priority: () => PRIORITIES.map((id) => ({ label: priorityName(id), icon: priorityBadge(id, { word: false }), run: change({ priority: id }) })),
  team: () => [...catalogue.value.teams.map((team) => ({ label: team.name, icon: teamDot(team.hue, team.name), run: change({ team_id: team.id }) })), { label: t("ticket.no_team"), icon: icon("x"), run: change({ team_id: null }) }],
  tags: () => catalogue.value.tags.map((tag) => ({ label: tag, icon: icon("tag"), run: change({ tags: { add: [tag], remove: [] } }) })),
  untag: () => catalogue.value.tags.map((tag) => ({ label: tag, icon: icon("tag"), run: change({ tags: { add: [], remove: [tag] } }) })),
};

/** @param {string} text @returns {Item} */
const freeTag = (text) => {
  const tag = text.toLocaleLowerCase().replace(/\s+/g, "-");
  return { label: t("tag.create", { tag }), icon: icon("plus"), run: change({ tags: { add: [tag], remove: [] } }) };
};

const LONG = ["tags", "untag", "assignee"];

/** Open one of the menus. @param {Event} event @param {string} name */
export const openBulkMenu = (event, name) => openAt(/** @type {HTMLElement} */ (event.currentTarget), name);

/** @param {HTMLElement} button @param {string} name */
function openAt(button, name) {
  openMenu(button, { label: t(`ticket.${name}`), items: MENUS[name](), search: LONG.includes(name), free: name === "tags" ? freeTag : undefined });
}

class BulkBar extends Component {
  constructor() {
    super();
    this.watches(chosen, jobs, list, catalogue);
  }

  /** @param {Event} event */
  more(event) {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const inTrash = list.value.view === "trash";
    const items = [
      { label: t("bulk.reply"), icon: icon("reply"), run: () => openDialog("bulk", { kind: "message", message: { kind: "reply" } }) },
      { label: t("bulk.note"), icon: icon("note"), run: () => openDialog("bulk", { kind: "message", message: { kind: "note" } }) },
      { label: t("ticket.untag"), icon: icon("tag"), run: () => openAt(button, "untag") },
      { label: t("bulk.macro"), icon: icon("bolt"), run: () => openDialog("bulk", { kind: "macro", macro_id: "" }) },
      ...(may("tickets:delete") ? [{ label: t(inTrash ? "trash.restore" : "trash.put"), icon: icon(inTrash ? "undo" : "trash"), line: true, run: () => openDialog("bulk", { kind: inTrash ? "restore" : "trash" }) }] : []),
    ];
    openMenu(button, { label: t("action.more"), items });
  }

  render() {
    const running = jobs.value.at(-1);
    if (running) return this.progress(running);
    const { ids, all } = chosen.value;
    if (!ids.size && !all) return nothing;
    const total = viewOf(list.value.view)?.count ?? list.value.total ?? 0;
    const more = !all && list.value.cursor && ids.size === list.value.ids.length && !list.value.q;
    return html`<div class="bulk-bar" role="toolbar" aria-label=${t("bulk.label")}>
      <span class="bulk-count num" role="status">${all ? t("bulk.all", { n: total || "" }) : t("bulk.chosen", { n: ids.size })}</span>
      ${more ? html`<button class="bulk-act" @click=${chooseAll}>${total ? t("bulk.take_all", { n: total }) : t("bulk.take_rest")}</button>` : nothing}
      <span class="bulk-line"></span>
      ${this.act("assignee", "user")} ${this.act("status", "status-open")} ${this.act("priority", "priority-high")} ${this.act("team", "users")} ${this.act("tags", "tag")}
      <button class="bulk-act" aria-label=${t("action.more")} title=${t("action.more")} aria-haspopup="menu" aria-expanded="false" @click=${this.more}>${icon("more")}</button>
      <span class="bulk-line"></span>
      <button class="bulk-act" aria-label=${t("bulk.clear")} title=${t("bulk.clear")} @click=${clearChosen}>${icon("x")}</button>
    </div>`;
  }

  /** @param {string} name @param {string} sign */
  act(name, sign) {
    return html`<button class="bulk-act" title=${t(`ticket.${name}`)} aria-label=${t(`ticket.${name}`)} aria-haspopup="menu" aria-expanded="false"
      @click=${(/** @type {Event} */ event) => openBulkMenu(event, name)}>${icon(sign)}</button>`;
  }

  /** @param {import("../state/jobs.js").Job} job */
  progress(job) {
    const { done, unchanged, failed } = job.counts;
    const through = done + unchanged + failed;
    const words = job.total === null ? t("bulk.counting") : t("bulk.running", { n: through, of: number(job.total) });
    return html`<div class="bulk-bar" role="status">
      <progress class="progress bulk-progress" max="1" .value=${job.progress} aria-label=${words}></progress><span class="num">${words}</span><span class="grow"></span>
      <button class="bulk-act" @click=${() => cancelJob(job.id)}>${t("action.cancel")}</button>
    </div>`;
  }
}

customElements.define("desk-bulk", BulkBar);
