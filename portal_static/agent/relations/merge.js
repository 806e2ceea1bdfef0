/** Merging a ticket into another: both are shown; two requesters reading each other must be allowed by a tick. */
import { api } from "../../shared/api.js";
import { html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { here, pathOf, router } from "../router.js";
import { keep } from "../state/tickets.js";
import { offerUndo } from "../state/undo.js";
import { ticketCard } from "./choose.js";
import { RelationDialog } from "./dialog.js";

class MergeDialog extends RelationDialog {
  static properties = { ...RelationDialog.properties, into: { state: true }, allowed: { state: true }, copies: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.into = null;
    this.allowed = false;
    this.copies = "requester";
  }

  /** Two people asked. */
  get strangers() {
    return Boolean(this.into) && this.into.requester.id !== this.ticket.requester.id;
  }

  get ready() {
    return Boolean(this.into) && (!this.strangers || this.allowed);
  }

  async work() {
    const { ticket, into } = this;
    const merged = await api.put(`/tickets/${ticket.id}/merge`, { body: { into: into.id, participants: this.copies, ...(this.strangers ? { allow_other_requester: true } : {}) } });
    keep([merged]);
    offerUndo(t("merge.done", { number: String(ticket.number), into: String(into.number) }), ticket.id, merged.version, () => router.go(pathOf(here().view, ticket.number)));
    router.go(pathOf(here().view, into.number));
  }

  render() {
    const { ticket, into } = this;
    const body = html`<div class="field"><span class="label">${t("merge.this")}</span>${ticketCard(ticket)}</div>
      <div class="merge-arrow" aria-hidden="true">${icon("down")}</div>
      <ticket-chooser .except=${ticket.id} .label=${t("merge.into")} @chosen=${(/** @type {CustomEvent} */ event) => { this.into = event.detail; this.allowed = false; }}></ticket-chooser>
      ${this.strangers ? html`<div class="alert care">${icon("alert")}<div><p>${t("merge.strangers", { one: nameOf(ticket.requester), two: nameOf(into.requester) })}</p>
        <label class="row g8 merge-allow"><input type="checkbox" .checked=${this.allowed} @change=${(/** @type {any} */ event) => (this.allowed = event.target.checked)} />${t("merge.allow")}</label></div></div>` : nothing}
      ${into ? html`<label class="field"><span class="label">${t("merge.copies")}</span><select class="input" @change=${(/** @type {any} */ event) => (this.copies = event.target.value)}>
        ${["requester", "all", "none"].map((each) => html`<option value=${each} ?selected=${each === this.copies}>${t(`merge.copies.${each}`)}</option>`)}</select></label>` : nothing}`;
    return this.frame(t("merge.title"), body, t("merge.action"), t("merge.note"));
  }
}

customElements.define("desk-merge", MergeDialog);
