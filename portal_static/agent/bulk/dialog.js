/** What will become of the chosen tickets, before it is done: the changes, how many, and a sample of them. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { keycaps } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { answers, loadAnswers } from "../state/answers.js";
import { chosen, clearChosen, target } from "../state/selection.js";
import { closeDialog, ui } from "../state/ui.js";
import { fieldName, plainValue } from "../state/words.js";
import { MENUS } from "./bar.js";
import { watchJob } from "./running.js";
import { sampleRow } from "./sample.js";

const REST = 400; // ms without a key before the words are tried out

class BulkDialog extends Component {
  static properties = { action: { state: true }, preview: { state: true }, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.watches(chosen, ui, answers);
    /** @type {any} */
    this.action = ui.value.subject;
    /** @type {any} */
    this.preview = null;
    /** @type {any} */
    this.error = null;
    this.busy = false;
    this.key = crypto.randomUUID();
    this.turn = 0;
    if (this.action.kind === "macro") loadAnswers();
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
    this.look();
  }

  /** Another change was picked from a menu of the dialog. */
  willUpdate() {
    const { subject } = ui.value;
    if (!subject?.change || subject === this.picked) return;
    this.picked = subject;
    if (subject === this.action) return;
    const { tags, ...rest } = subject.change;
    const old = this.action.change;
    const add = [...new Set([...(old.tags?.add || []), ...(tags?.add || [])])];
    this.action = { kind: "change", change: { ...old, ...rest, ...(add.length ? { tags: { add, remove: [] } } : {}) } };
    this.updateComplete.then(() => this.look());
  }

  get ready() {
    if (this.action.kind === "change") return Object.keys(this.action.change).length > 0;
    if (this.action.kind === "macro") return Boolean(this.action.macro_id);
    return this.action.kind !== "message" || Boolean(this.action.message.body_text?.trim());
  }

  /** Ask the server what would happen. */
  async look() {
    const mine = ++this.turn;
    this.error = null;
    if (!this.ready) return (this.preview = null);
    try {
      const preview = await api.post("/jobs", { action: this.action, ...target(), preview: true });
      if (mine === this.turn) this.preview = preview;
    } catch (error) {
      if (mine === this.turn) Object.assign(this, { error, preview: null });
    }
  }

  async run() {
    if (!this.ready || this.busy) return;
    this.busy = true;
    try {
      const job = await api.post("/jobs", { action: this.action, ...target() }, { key: this.key });
      this.querySelector("dialog")?.close();
      clearChosen();
      watchJob(job);
    } catch (error) {
      this.error = error;
      this.key = crypto.randomUUID();
    }
    this.busy = false;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.run();
  }

  /** How many of the sample would change, not, or be refused. */
  get outcomes() {
    const sample = this.preview?.sample || [];
    const refused = sample.filter((/** @type {any} */ each) => each.code).length;
    const same = sample.filter((/** @type {any} */ each) => !each.code && !Object.keys(each.changes).length && this.action.kind === "change").length;
    return { will: sample.length - refused - same, same, refused };
  }

  render() {
    const { kind } = this.action;
    const title = t(`bulk.title.${kind}`, { n: this.count });
    const danger = kind === "trash";
    return html`<dialog class="dialog bulk-dialog" aria-label=${title} @close=${closeDialog} @keydown=${this.press}>
      <header><h2 class="t16 grow">${title}</h2><button class="btn ghost square small" aria-label=${t("action.close")} @click=${() => this.querySelector("dialog")?.close()}>${icon("x")}</button></header>
      <div class="body">
        ${this.error ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${this.error.errors?.[0]?.message || this.error.detail || t("change.offline")}</span></div>` : nothing}
        ${kind === "change" ? this.changes() : nothing} ${kind === "message" ? this.words() : nothing}
        ${kind === "macro" ? this.macros() : nothing}
        ${kind === "trash" ? html`<p class="i2">${t("trash.text")}</p>` : nothing}
        ${this.preview ? this.shown() : this.ready && !this.error ? html`<div class="bones view-bones" role="status" aria-label=${t("state.loading")}><span class="bone w80"></span><span class="bone w60"></span></div>` : nothing}
      </div>
      <footer><span class="t12 i3 row g6">${icon("undo", 14)}${t("bulk.one_undo")}</span><span class="grow"></span>
        <button class="btn second" @click=${() => this.querySelector("dialog")?.close()}>${t("action.cancel")}</button>
        <button class="btn ${danger ? "danger" : "primary"}" ?disabled=${!this.ready || this.busy || !this.preview} @click=${this.run}>${t(`bulk.action.${kind}`, { n: this.willChange })} ${keycaps("mod+enter")}</button></footer>
    </dialog>`;
  }

  get count() {
    return this.preview?.count ?? (chosen.value.all ? 0 : chosen.value.ids.size);
  }

  /** The number on the button: what will change as far as the preview can tell. */
  get willChange() {
    const { count = this.count, sample = [] } = this.preview || {};
    return sample.length === count ? this.outcomes.will : count;
  }

  changes() {
    const { change } = this.action;
    const left = Object.keys(MENUS).filter((name) => name === "tags" || !(FIELDS[name] in change));
    /** @param {Event} event */
    const more = (event) => {
      const anchor = /** @type {HTMLElement} */ (event.currentTarget);
      const items = left.map((name) => ({ label: t(`ticket.${name}`), run: () => setTimeout(() => openMenu(anchor, { label: t(`ticket.${name}`), items: MENUS[name]() })) }));
      openMenu(anchor, { label: t("bulk.change"), items });
    };
    return html`<div class="bulk-changes">
      ${Object.entries(change).map(([name, value]) => html`<div class="bulk-change"><span class="i3">${fieldName(name)}</span>
        <span class="grow row g6">${name === "tags" ? value.add.map((/** @type {string} */ tag) => html`<span class="tag large">+ ${tag}</span>`) : html`<span class="w5">${plainValue(name, value)}</span>`}</span>
        <button class="btn ghost square tiny" aria-label=${t("bulk.drop", { field: fieldName(name) })} @click=${() => this.drop(name)}>${icon("x", 14)}</button></div>`)}
      <button class="link row g4 bulk-more" aria-haspopup="menu" aria-expanded="false" @click=${more}>${icon("plus", 14)}${t("bulk.change")}</button>
    </div>`;
  }

  /** @param {string} name */
  drop(name) {
    const { [name]: _, ...change } = this.action.change;
    this.action = { kind: "change", change };
    this.look();
  }

  words() {
    const note = this.action.message.kind === "note";
    /** @param {Event} event */
    const type = (event) => {
      const body_text = /** @type {HTMLTextAreaElement} */ (event.target).value;
      this.action = { kind: "message", message: { ...this.action.message, body_text } };
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), REST);
    };
    return html`<label class="field"><span class="label">${t(note ? "reply.note_text" : "reply.reply_text")}</span>
      <textarea class="input ${note ? "note" : ""}" rows="6" dir="auto" autofocus @input=${type}></textarea>
      <span class="hint">${note ? icon("lock", 12) : nothing}${t(note ? "reply.only_agents" : "bulk.reply_hint")}</span></label>`;
  }

  macros() {
    const macros = (answers.data || []).filter((each) => each.kind === "macro");
    /** @param {Event} event */
    const pick = (event) => {
      this.action = { kind: "macro", macro_id: /** @type {HTMLSelectElement} */ (event.target).value };
      this.look();
    };
    return html`<label class="field"><span class="label">${t("bulk.macro")}</span><select class="input" @change=${pick}>
      <option value="">${t("macro.choose")}</option>${macros.map((each) => html`<option value=${each.id}>${each.name}</option>`)}</select></label>`;
  }

  shown() {
    const { count, more, sample } = this.preview;
    const { will, same, refused } = this.outcomes;
    const exact = sample.length === count;
    return html`<div class="bulk-outcomes" role="status">
        ${outcome("check", "c-green", exact ? will : count, t("bulk.will"))}${exact || same ? outcome("right", "c-amber", same, t("bulk.same")) : nothing}${exact || refused ? outcome("lock", "c-red", refused, t("bulk.refused")) : nothing}
      </div>
      <div class="bulk-sample">${sample.map(sampleRow)}</div>
      <p class="t12 i3">${t("bulk.sample", { n: sample.length, of: number(count) + (more ? "+" : "") })}</p>`;
  }
}

/** @type {Record<string, string>} */
const FIELDS = { status: "status_id", assignee: "assignee_id", priority: "priority", team: "team_id", tags: "tags" };

/** @param {string} sign @param {string} tone @param {number} count @param {string} words */
const outcome = (sign, tone, count, words) =>
  html`<div class="bulk-outcome"><span class="t20 w6 row g8"><span class=${tone}>${icon(sign)}</span><span class="num">${number(count)}</span></span><span class="i3">${words}</span></div>`;

customElements.define("desk-bulk-dialog", BulkDialog);
