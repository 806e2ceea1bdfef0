/** A customer's tickets: what is under way, and what is done. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { langOf, moment } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { failure, paneState } from "../shared/parts/states.js";
import { Resource } from "../shared/resource.js";
import { here, router } from "./router.js";
import { customerStatus } from "./status.js";

/** @type {Resource<{state: string, rows: any[], cursor: string | null}>} */
const mine = new Resource();

/** @param {string} state @param {string} [cursor] */
async function read(state, cursor) {
  const page = await api.get("/portal/tickets", { state, cursor });
  return { state, rows: page.data, cursor: page.next_cursor };
}

class MyTickets extends Component {
  constructor() {
    super();
    this.watches(mine, router);
    this.asked = "";
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = t("portal.my_tickets");
    this.asked = "";
  }

  willUpdate() {
    const { state, screen } = here();
    if (screen !== "tickets" || state === this.asked) return;
    this.asked = state;
    mine.load(() => read(state));
  }

  async more() {
    const { state, rows, cursor } = mine.data || { state: "open", rows: [], cursor: null };
    const next = await read(state, cursor || undefined);
    mine.change(() => ({ ...next, rows: [...rows, ...next.rows] }));
  }

  render() {
    return html`<div class="portal-page">
      <div class="portal-title"><h1>${t("portal.my_tickets")}</h1><a class="btn primary" href=${router.href("/new")}>${icon("plus")}${t("portal.write")}</a></div>
      <nav class="portal-tabs" aria-label=${t("portal.my_tickets")}>${this.tab("open", "/")}${this.tab("done", "/done")}</nav>
      ${this.content()}
    </div>`;
  }

  /** @param {"open" | "done"} state @param {string} path */
  tab(state, path) {
    return html`<a class="tab" href=${router.href(path)} aria-current=${here().state === state ? "page" : "false"}>${t(`portal.${state}`)}</a>`;
  }

  content() {
    const { state, slow, data, error } = mine.value;
    if (state === "failed") return failure(error, t("list.failed"), () => mine.load(() => read(here().state)));
    if (!data) return slow ? bones() : nothing;
    if (!data.rows.length) return this.empty();
    return html`<ul class="portal-list">${data.rows.map(row)}</ul>
      ${data.cursor ? html`<button class="btn second" @click=${this.more}>${t("action.more_rows")}</button>` : nothing}`;
  }

  empty() {
    const kind = here().state;
    return paneState({ icon: "inbox", title: t(`portal.none.${kind}`), text: t(`portal.none.${kind}_text`) });
  }
}

/** @param {any} ticket */
function row(ticket) {
  return html`<li><a class="portal-row" href=${router.href(`/tickets/${ticket.id}`)}>
    <span class="grow">
      <span class="w6 t14 cut" dir="auto" lang=${langOf(ticket.subject) ?? nothing}>${ticket.subject || t("ticket.no_subject")}</span>
      <span class="i3 cut" dir="auto">${ticket.snippet}</span>
    </span>
    <span class="portal-state">${customerStatus(ticket.status)}<span class="t12 i3"><bdi class="num">#${ticket.number}</bdi> · <time datetime=${ticket.updated_at}>${moment(ticket.updated_at)}</time></span></span>
    ${icon("right")}
  </a></li>`;
}

function bones() {
  return html`<div class="bones" role="status" aria-label=${t("state.loading")}>
    ${["w60", "w40", "w50"].map((width) => html`<div class="portal-bone"><span class="bone ${width}"></span><span class="bone faint w80"></span></div>`)}
  </div>`;
}

customElements.define("portal-tickets", MyTickets);
