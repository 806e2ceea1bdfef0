/** One macro on all chosen tickets, one after the other: what each answered, and undoing them together. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { answers, loadAnswers } from "../state/answers.js";
import { chosen, clearChosen } from "../state/selection.js";
import { keep, ticketOf } from "../state/tickets.js";
import { closeDialog } from "../state/ui.js";
import { undoCommand } from "../state/undo.js";

const MOST = 50; // tickets of one go: the server has no job for macros

class BulkMacro extends Component {
  static properties = { macro: { state: true }, through: { state: true }, faults: { state: true }, running: { state: true } };

  constructor() {
    super();
    this.watches(answers);
    this.macro = "";
    this.ids = [...chosen.value.ids].slice(0, MOST);
    this.through = 0;
    /** @type {{id: string, detail: string}[]} */
    this.faults = [];
    this.running = false;
    this.stopped = false;
    loadAnswers();
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  close() {
    this.stopped = true;
    this.querySelector("dialog")?.close();
  }

  async run() {
    this.running = true;
    const key = crypto.randomUUID();
    /** @type {Map<string, number>} */
    const done = new Map();
    for (const id of this.ids) {
      if (this.stopped) break;
      try {
        const ticket = await api.post(`/tickets/${id}/macros/${this.macro}`, {}, { key: `${key}-${id}` });
        keep([ticket]);
        done.set(id, ticket.version);
      } catch (error) {
        this.faults = [...this.faults, { id, detail: /** @type {any} */ (error).detail || t("change.offline") }];
      }
      this.through += 1;
    }
    this.running = false;
    clearChosen();
    if (!this.faults.length) this.querySelector("dialog")?.close();
    if (done.size) say({ text: t("bulk.done", { n: done.size }), action: { label: t("action.undo"), keys: "z", run: () => undoAll(done) } });
  }

  render() {
    const macros = (answers.data || []).filter((each) => each.kind === "macro");
    const title = t("bulk.title.macro", { n: this.ids.length });
    return html`<dialog class="dialog bulk-dialog" aria-label=${title} @close=${closeDialog}>
      <header><h2 class="t16 grow">${title}</h2><button class="btn ghost square small" aria-label=${t("action.close")} @click=${this.close}>${icon("x")}</button></header>
      <div class="body">
        ${chosen.value.ids.size > MOST || chosen.value.all ? html`<div class="alert care">${icon("alert")}<span>${t("bulk.macro_most", { n: MOST })}</span></div>` : nothing}
        <label class="field"><span class="label">${t("bulk.macro")}</span><select class="input" ?disabled=${this.running} @change=${(/** @type {any} */ event) => (this.macro = event.target.value)}>
          <option value="">${t("macro.choose")}</option>${macros.map((each) => html`<option value=${each.id}>${each.name}</option>`)}</select></label>
        ${this.running || this.through ? html`<p class="row g8" role="status"><progress class="progress bulk-progress" max=${this.ids.length} .value=${this.through}></progress><span class="num">${t("bulk.running", { n: this.through, of: this.ids.length })}</span></p>` : nothing}
        <div class="bulk-sample">${this.faults.map((each) => html`<div class="bulk-row"><span class="c-red">${icon("alert", 14)}</span><bdi class="num">#${ticketOf(each.id)?.number}</bdi><span class="grow c-red">${each.detail}</span></div>`)}</div>
      </div>
      <footer><span class="grow"></span><button class="btn second" @click=${this.close}>${t(this.running ? "action.cancel" : "action.close")}</button>
        ${this.through ? nothing : html`<button class="btn primary" ?disabled=${!this.macro} @click=${this.run}>${t("bulk.action.macro", { n: this.ids.length })}</button>`}</footer>
    </dialog>`;
  }
}

/** @param {Map<string, number>} done */
async function undoAll(done) {
  for (const [id, version] of done) await undoCommand(id, version);
  say({ text: t("bulk.undone", { n: done.size }) });
}

customElements.define("desk-bulk-macro", BulkMacro);
