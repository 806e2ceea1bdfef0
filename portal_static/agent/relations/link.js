/** Linking a ticket with another one. */
import { api } from "../../shared/api.js";
import { html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { refreshConversation } from "../state/conversation.js";
import { keep } from "../state/tickets.js";
import { offerUndo } from "../state/undo.js";
import "./choose.js";
import { RelationDialog } from "./dialog.js";

const KINDS = ["related", "problem", "incident", "duplicate_of", "duplicate", "parent", "child"];

class LinkDialog extends RelationDialog {
  static properties = { ...RelationDialog.properties, other: { state: true }, kind: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.other = null;
    this.kind = "related";
  }

  get ready() {
    return Boolean(this.other);
  }

  async work() {
    const { ticket, other, kind } = this;
    const linked = await api.post(`/tickets/${ticket.id}/links`, { kind, ticket_id: other.id }).catch(explained);
    keep([linked]);
    offerUndo(t("links.done", { number: String(other.number) }), ticket.id, linked.version);
    await refreshConversation();
  }

  render() {
    const body = html`<label class="field"><span class="label">${t("links.what", { number: String(this.ticket.number) })}</span><select class="input" @change=${(/** @type {any} */ event) => (this.kind = event.target.value)}>
        ${KINDS.map((each) => html`<option value=${each} ?selected=${each === this.kind}>${t(`links.is.${each}`)}</option>`)}</select></label>
      <ticket-chooser .except=${this.ticket.id} .label=${t("links.ticket")} @chosen=${(/** @type {CustomEvent} */ event) => (this.other = event.detail)}></ticket-chooser>`;
    return this.frame(t("links.add"), body, t("links.action"));
  }
}

/** A circle is named by its tickets. @param {any} error */
function explained(error) {
  if (error.code === "cycle") error.detail = t("links.cycle", { path: (error.problem.path || []).map((/** @type {number} */ number) => `#${number}`).join(" → ") });
  throw error;
}

customElements.define("desk-link", LinkDialog);
