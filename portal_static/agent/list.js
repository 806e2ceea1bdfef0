/** The list of the view that is open: only the rows in sight are drawn, whatever the length. */
import { Component, html, nothing } from "../shared/element.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { failure, rowBones } from "../shared/parts/states.js";
import { prefs } from "../shared/prefs.js";
import { may, session } from "../shared/session.js";
import { backLink, emptyList } from "./parts/empty-list.js";
import { listHead } from "./parts/list-head.js";
import { ticketRow } from "./parts/ticket-row.js";
import { FIRST, here, hrefOf, router, SEARCH } from "./router.js";
import { catalogue } from "./state/catalogue.js";
import { conversation } from "./state/conversation.js";
import { jobs } from "./state/jobs.js";
import { list, loadMore, openView, showFresh } from "./state/list.js";
import { ticketOf, tickets } from "./state/tickets.js";
import { chosen, choose, isChosen } from "./state/selection.js";
import { minute, ui } from "./state/ui.js";
import { viewLabel, viewOf, views } from "./state/views.js";

const SPARE = 6; // rows drawn above and below what is in sight
const AHEAD = 20; // rows before the end at which the next page is fetched

const ONE_PANE = matchMedia("(max-width: 1023px)");

/** The list is the whole screen: no ticket is open, and there is room for one pane. */
const isAlone = () => ONE_PANE.matches && !here().ticket;

class TicketList extends Component {
  static properties = { top: { state: true }, height: { state: true } };

  constructor() {
    super();
    this.watches(list, tickets, views, conversation, catalogue, prefs, minute, router, session, ui, chosen, jobs);
    this.top = 0;
    this.height = 900;
    this.row = 68;
    /** @type {Set<string>} */
    this.known = new Set();
    this.view = "";
    this.shown = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes = new ResizeObserver(() => this.measure());
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes?.disconnect();
  }

  get scroller() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".list-scroll"));
  }

  measure() {
    this.row = parseFloat(getComputedStyle(this).getPropertyValue("--row")) || 68;
    this.height = this.scroller?.clientHeight || this.height;
    this.requestUpdate();
  }

  /** @param {Map<string, any>} changed */
  updated(changed) {
    const { ids, view, q, filter, cursor, state } = list.value;
    if (`${view}?${q}&${filter}` !== this.view) this.reset(`${view}?${q}&${filter}`);
    if (!changed.size) this.measureOnce();
    const last = Math.ceil((this.top + this.height) / this.row);
    if (cursor && state === "ready" && last + AHEAD > ids.length) loadMore();
    document.title = `${viewLabel(viewOf(view), view)} · ${session.value.me?.org?.name || "Lambdesk"}`;
    this.reveal();
  }

  /** @param {string} view */
  reset(view) {
    this.view = view;
    this.known = new Set();
    this.top = 0;
    if (this.scroller) this.scroller.scrollTop = 0;
  }

  measureOnce() {
    const row = parseFloat(getComputedStyle(this).getPropertyValue("--row")) || 68;
    const height = this.scroller?.clientHeight;
    if (row !== this.row || (height && height !== this.height)) this.measure();
  }

  /** Bring the open ticket into sight when it changes, as with J and K. */
  reveal() {
    const open = conversation.data?.id || "";
    if (open === this.shown || !this.scroller) return;
    this.shown = open;
    const at = list.value.ids.indexOf(open);
    if (at < 0) return;
    const top = at * this.row;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.row > scrollTop + clientHeight) this.scroller.scrollTop = top + this.row - clientHeight;
  }

  /** @param {Event} event */
  scrolled(event) {
    this.top = /** @type {HTMLElement} */ (event.target).scrollTop;
    list.merge({ scrolled: this.top > this.row / 2 });
  }

  /** Arrow keys move the focus from row to row. @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = /** @type {HTMLElement} */ (event.target).closest(".list-item");
    if (!step || !item) return;
    event.preventDefault();
    const next = step > 0 ? item.nextElementSibling : item.previousElementSibling;
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector("a"))?.focus();
  }

  render() {
    const { view, ids, fresh } = list.value;
    const name = viewLabel(viewOf(view), view);
    return html`<section class="list" aria-label=${name} role=${isAlone() ? "main" : nothing}>
      ${listHead()}
      ${fresh.length
        ? html`<button class="fresh-pill" @click=${this.showFresh}>${icon("up", 12)}${t("list.fresh", { n: fresh.length })}</button>`
        : nothing}
      ${view === SEARCH && list.value.others.length ? html`<desk-others></desk-others>` : nothing}
      <div class="list-scroll" @scroll=${this.scrolled} @keydown=${this.press} @click=${this.clicked}>${ids.length ? this.rows() : this.instead()}</div>
      ${chosen.value.all || chosen.value.ids.size || jobs.value.length ? html`<desk-bulk></desk-bulk>` : nothing}
    </section>`;
  }

  showFresh() {
    showFresh();
    this.scroller?.scrollTo({ top: 0 });
  }

  instead() {
    const { state, slow, error, view } = list.value;
    if (state === "failed" && error?.code === "bad_filter") return nothing; // said at the field
    if (state === "failed") return failure(error, t("list.failed"), () => openView(view), backLink(FIRST));
    if (state === "ready") return emptyList(view);
    return slow ? rowBones() : nothing;
  }

  rows() {
    const { ids, cursor, view } = list.value;
    const first = Math.max(0, Math.floor(this.top / this.row) - SPARE);
    const sight = ids.slice(first, first + Math.ceil(this.height / this.row) + 2 * SPARE);
    const total = Math.max(ids.length, cursor ? viewOf(view)?.count || 0 : 0);
    const drawn = new Set(this.known);
    const rows = repeat(sight, (id) => id, (id, at) => this.rowOf(id, first + at, total, drawn));
    for (const id of ids) this.known.add(id);
    return html`<div class="list-rows" role="list" .style=${`height:${ids.length * this.row}px`}>
        <div role="presentation" .style=${`transform:translateY(${first * this.row}px)`}>${rows}</div>
      </div>
      ${cursor ? html`<div class="list-more">${rowBones(2)}</div>` : nothing}`;
  }

  /** The box in the column of the dot. @param {import("./state/tickets.js").Ticket} ticket */
  box({ id, number, subject }) {
    const choosing = chosen.value.all || chosen.value.ids.size > 0;
    return html`<label class="row-check"><input type="checkbox" tabindex=${choosing ? 0 : -1} aria-label=${t("bulk.choose", { number: String(number), subject })}
      .checked=${isChosen(id)} @click=${(/** @type {MouseEvent} */ event) => choose(id, event.shiftKey)} /></label>`;
  }

  /** A click with Shift chooses up to here instead of opening. @param {MouseEvent} event */
  clicked(event) {
    const item = /** @type {HTMLElement} */ (event.target).closest(".list-item");
    if (!event.shiftKey || !item || !may("tickets:bulk") || /** @type {HTMLElement} */ (event.target).closest(".row-check")) return;
    event.preventDefault();
    choose(/** @type {HTMLElement} */ (item).dataset.id || "", true);
  }

  /** @param {string} id @param {number} at @param {number} total @param {Set<string>} drawn */
  rowOf(id, at, total, drawn) {
    const ticket = ticketOf(id);
    if (!ticket) return nothing;
    const selected = id === conversation.data?.id;
    const fresh = drawn.size > 0 && !drawn.has(id);
    return html`<div class="list-item ${isChosen(id) ? "checked" : ""}" role="listitem" aria-posinset=${at + 1} aria-setsize=${total} data-id=${id}>
      ${may("tickets:bulk") ? this.box(ticket) : nothing}
      ${ticketRow(ticket, { href: hrefOf(list.value.view, ticket.number), selected, fresh, found: list.value.marks[id] })}
    </div>`;
  }
}

customElements.define("desk-list", TicketList);
