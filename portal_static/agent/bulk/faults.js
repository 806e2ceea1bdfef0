/** What a job could not do, ticket by ticket, and the way back from what it did. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure } from "../../shared/parts/states.js";
import { Resource } from "../../shared/resource.js";
import { hrefOf, FIRST } from "../router.js";
import { ticketOf } from "../state/tickets.js";
import { closeDialog, ui } from "../state/ui.js";
import { undoJob } from "./running.js";

class JobFaults extends Component {
  constructor() {
    super();
    /** @type {Resource<any[]>} */
    this.rows = new Resource();
    this.watches(this.rows);
    this.job = ui.value.subject;
    this.load();
  }

  load() {
    this.rows.load(async () => (await api.get(`/jobs/${this.job.id}/items`, { outcome: "failed", limit: 100 })).data);
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  close() {
    this.querySelector("dialog")?.close();
  }

  render() {
    const { state, data, error } = this.rows.value;
    const { done, failed } = this.job.counts;
    const title = t("bulk.faults", { n: failed });
    return html`<dialog class="dialog bulk-dialog" aria-label=${title} @close=${closeDialog}>
      <header><h2 class="t16 grow">${title}</h2><button class="btn ghost square small" aria-label=${t("action.close")} @click=${this.close}>${icon("x")}</button></header>
      <div class="body">${state === "failed" ? failure(error, t("bulk.faults_failed"), () => this.load()) : nothing}
        <div class="bulk-sample">${(data || []).map((row) => this.row(row))}</div></div>
      <footer><span class="grow"></span>
        ${done && !this.job.undoes ? html`<button class="btn second" @click=${() => { this.close(); undoJob(this.job.id); }}>${icon("undo")}${t("bulk.undo_rest", { n: done })}</button>` : nothing}
        <button class="btn primary" @click=${this.close}>${t("action.close")}</button></footer>
    </dialog>`;
  }

  /** @param {any} row */
  row(row) {
    const ticket = ticketOf(row.ticket_id);
    return html`<div class="bulk-row"><span class="c-red">${icon("alert", 14)}</span>
      <a class="link" href=${hrefOf(FIRST, ticket?.number || row.ticket_id)} @click=${this.close}><bdi class="num">${ticket ? `#${ticket.number}` : t("search.tickets")}</bdi></a>
      <span class="grow cut" dir="auto">${ticket?.subject || ""}</span><span class="bulk-effect c-red">${row.detail || row.code}</span></div>`;
  }
}

customElements.define("desk-job-faults", JobFaults);
