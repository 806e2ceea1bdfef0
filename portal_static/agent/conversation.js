/** The open ticket: head, timeline, reply box, and the states around them. */
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { failure, messageBones, paneState } from "../shared/parts/states.js";
import { may, session } from "../shared/session.js";
import { backLink } from "./parts/empty-list.js";
import { conversationHead } from "./parts/conversation-head.js";
import { here } from "./router.js";
import { catalogue } from "./state/catalogue.js";
import { conversation, openTicket } from "./state/conversation.js";
import { list } from "./state/list.js";
import { tickets, ticketOf } from "./state/tickets.js";
import { minute, ui } from "./state/ui.js";
import "./reply.js";
import "./timeline.js";

class ConversationPane extends Component {
  constructor() {
    super();
    this.watches(conversation, tickets, catalogue, session, ui, list, minute);
    this.opened = "";
  }

  /** The ticket as far as it is known: from the list, even before its messages are there. */
  get ticket() {
    const { ticket: ref } = here();
    const open = ticketOf(conversation.data?.id || "");
    if (open) return open;
    return [...tickets.value.values()].find((ticket) => String(ticket.number) === ref || ticket.id === ref);
  }

  updated() {
    const { ticket } = this;
    if (!ticket || !here().ticket) {
      this.opened = "";
      return;
    }
    document.title = `#${ticket.number} ${ticket.subject}`;
    if (ticket.id === this.opened) return;
    this.opened = ticket.id;
    if (matchMedia("(max-width: 1023px)").matches) /** @type {HTMLElement | null} */ (this.querySelector("h1"))?.focus();
  }

  render() {
    const { state, slow, error, data } = conversation.value;
    if (!here().ticket) return html`<main class="conversation" id="main" tabindex="-1">${this.nothingOpen()}</main>`;
    const { ticket } = this;
    return html`<main class="conversation" id="main" tabindex="-1" aria-label=${t("conversation.label")}>
      ${ticket ? conversationHead(ticket) : nothing}
      ${state === "failed" ? failure(error, t("conversation.failed"), () => openTicket(here().ticket), backLink(here().view)) : nothing}
      ${slow && !data ? messageBones() : nothing}
      ${data && ticket ? html`<desk-timeline .conversation=${data} .ticket=${ticket}></desk-timeline>` : nothing}
      ${data && ticket && may("tickets:write") && !ticket.trashed_at && !ticket.merged_into ? html`<desk-reply .ticket=${ticket}></desk-reply>` : nothing}
    </main>`;
  }

  nothingOpen() {
    if (list.value.state !== "ready" || !list.value.ids.length) return nothing;
    return paneState({ icon: "mail", title: t("conversation.none.title"), text: t("conversation.none.text") });
  }
}

customElements.define("desk-conversation", ConversationPane);
