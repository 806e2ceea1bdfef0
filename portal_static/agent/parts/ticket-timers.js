/** What the ticket does by itself if nobody does anything, and the way to keep it open. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { may } from "../../shared/session.js";
import { when } from "../state/moments.js";
import { keepOpen } from "../state/sleep.js";

const IDLE = ["waiting", "solved"]; // the categories in which a ticket can end by itself

const ENDINGS = ["remind", "close"]; // promises have clocks of their own

class TicketTimers extends Component {
  static properties = { ticket: {}, timers: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    /** @type {{id: string, at: string, rule: string}[]} */
    this.timers = [];
    this.shown = "";
  }

  willUpdate() {
    const { id, version, status, snooze } = this.ticket;
    const wanted = IDLE.includes(status.category) && !snooze ? `${id} ${version}` : "";
    if (wanted === this.shown) return;
    this.shown = wanted;
    if (wanted) this.read(id, wanted);
    else this.timers = [];
  }

  /** @param {string} id @param {string} wanted */
  async read(id, wanted) {
    const { data } = await api.get(`/tickets/${id}/timers`).catch(() => ({ data: [] }));
    if (wanted === this.shown) this.timers = data;
  }

  render() {
    const next = this.timers.find(({ id }) => ENDINGS.includes(id));
    if (!next) return nothing;
    return html`<div class="standing" role="status" title=${t("timers.rule", { rule: next.rule })}>${icon("clock", 14)}<span class="grow">${t(`timers.${next.id}`, { time: when(next.at) })}</span>
      ${may("tickets:write") ? html`<button class="link" @click=${() => keepOpen(this.ticket)}>${t("timers.keep")}</button>` : nothing}</div>`;
  }
}

customElements.define("ticket-timers", TicketTimers);
