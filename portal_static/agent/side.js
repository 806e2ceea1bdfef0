/** The folding panel beside a conversation: who asks, the properties, what they asked before. */
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { prefs } from "../shared/prefs.js";
import { session } from "../shared/session.js";
import { promises } from "./parts/sla-clock.js";
import { companyCard, previousTickets, properties, requesterCard } from "./parts/side-sections.js";
import { here, router } from "./router.js";
import { catalogue } from "./state/catalogue.js";
import { conversation } from "./state/conversation.js";
import { openRequester, requester } from "./state/requester.js";
import { need } from "./state/parts.js";
import { tickets, ticketOf } from "./state/tickets.js";
import { hasColumn, minute, ui } from "./state/ui.js";

class SidePanel extends Component {
  constructor() {
    super();
    this.watches(conversation, tickets, catalogue, requester, prefs, ui, router, session, minute);
  }

  get shown() {
    return Boolean(here().ticket) && (hasColumn() ? prefs.value.panel : ui.value.over);
  }

  updated() {
    const ticket = ticketOf(conversation.data?.id || "");
    if (ticket && this.shown) {
      openRequester(ticket.requester.id);
      need("fields");
      need("relations");
      need("decisions");
      need("routing");
    }
    const over = this.shown && !hasColumn();
    if (over && !this.over) /** @type {HTMLElement | null} */ (this.querySelector(".side-close"))?.focus();
    this.over = over;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Escape" && ui.value.over) ui.merge({ over: false });
  }

  render() {
    const ticket = ticketOf(conversation.data?.id || "");
    if (!this.shown || !ticket) return nothing;
    return html`<aside class="side" aria-label=${t("side.label")} @keydown=${this.press}>
      ${hasColumn() ? nothing : html`<button class="btn ghost square small side-close" aria-label=${t("action.close")} @click=${() => ui.merge({ over: false })}>${icon("x")}</button>`}
      ${requesterCard(ticket)} ${companyCard(ticket)} ${promises(ticket)} ${properties(ticket)} <routing-reason .ticket=${ticket}></routing-reason> <desk-relations .ticket=${ticket}></desk-relations> <ticket-decisions .ticket=${ticket}></ticket-decisions> ${previousTickets(ticket)}
    </aside>`;
  }
}

customElements.define("desk-side", SidePanel);
