/** Choosing another ticket by number, words or person; both are shown before anything is done. */
import { Component, html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { statusBadge, statusIcon } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { Finder } from "../state/finder.js";

/** Tells "chosen" with the ticket, or null. */
class TicketChooser extends Component {
  static properties = { except: {}, label: {}, found: { state: true }, at: { state: true }, chosen: { state: true }, none: { state: true } };

  constructor() {
    super();
    this.except = "";
    this.label = "";
    /** @type {any[]} */
    this.found = [];
    this.at = 0;
    /** @type {any} */
    this.chosen = null;
    this.none = false;
    this.finder = new Finder((hits, asked) => this.show(hits, asked));
  }

  firstUpdated() {
    this.querySelector("input")?.focus();
  }

  /** @param {any[]} hits @param {boolean} asked */
  show(hits, asked) {
    this.found = hits.map(({ ticket }) => ticket).filter(({ id }) => id !== this.except);
    this.none = asked && !this.found.length;
    this.at = 0;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.found.length;
    if (step && count) this.at = (this.at + step + count) % count;
    else if (event.key === "Enter" && this.found[this.at] && !event.ctrlKey && !event.metaKey) this.take(this.found[this.at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {any} ticket */
  async take(ticket) {
    this.chosen = ticket;
    this.found = [];
    this.tell("chosen", ticket);
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("input, button.square"))?.focus();
  }

  render() {
    if (this.chosen) {
      return html`<div class="field"><span class="label">${this.label}</span><div class="row g8">${ticketCard(this.chosen)}
        <button class="btn ghost square small" aria-label=${t("links.other")} title=${t("links.other")} @click=${() => this.take(null)}>${icon("x")}</button></div></div>`;
    }
    return html`<div class="field"><label class="label" for="other-ticket">${this.label}</label>
      <input class="input" id="other-ticket" role="combobox" aria-expanded=${String(this.found.length > 0)} aria-controls="other-found" aria-activedescendant=${this.found.length ? `other-${this.at}` : nothing} placeholder=${t("links.find")}
        autocomplete="off" autofocus dir="auto" @input=${(/** @type {any} */ event) => this.finder.ask(event.target.value, "tickets")} @keydown=${this.press} />
      <div id="other-found" role="listbox" aria-label=${this.label} class="choose-found">${this.found.map((ticket, at) => html`<button type="button" class="item ${at === this.at ? "on" : ""}" id="other-${at}" role="option" tabindex="-1" aria-selected=${String(at === this.at)} @click=${() => this.take(ticket)}>
        ${statusIcon(ticket.status.category)}<bdi class="num i3">#${ticket.number}</bdi><span class="cut grow" dir="auto">${ticket.subject}</span><span class="t12 i3 cut">${nameOf(ticket.requester)}</span></button>`)}</div>
      ${this.none ? html`<span class="hint" role="status">${t("menu.nothing")}</span>` : nothing}</div>`;
  }
}

/** A ticket in a few words. @param {any} ticket */
export const ticketCard = (ticket) => html`<div class="ticket-card grow"><div class="row g8"><bdi class="num i3">#${ticket.number}</bdi><span class="w6 cut grow" dir="auto">${ticket.subject || t("ticket.no_subject")}</span></div>
  <div class="row g8 t12 i3"><span class="cut" dir="auto">${nameOf(ticket.requester)}</span><span aria-hidden="true">·</span>${statusBadge(ticket.status)}${ticket.message_count === undefined ? nothing : html`<span aria-hidden="true">·</span><span class="nowrap">${t("conversation.messages", { n: ticket.message_count })}</span>`}</div></div>`;

customElements.define("ticket-chooser", TicketChooser);
