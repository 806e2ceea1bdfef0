/** Macros and templates above the reply box: found by name or shortcut, shown with what they would write and change. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { keycaps } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { effect } from "../bulk/sample.js";
import { answers, answersFor, loadAnswers } from "../state/answers.js";
import { refreshConversation } from "../state/conversation.js";
import { keep } from "../state/tickets.js";
import { offerUndo } from "../state/undo.js";

const QUIET = new Set(["category", "status_changed_at", "resolved_at", "first_response_at"]);

/** @typedef {import("../state/answers.js").Answer} Answer */

class AnswerPicker extends Component {
  static properties = { ticket: {}, text: {}, own: {}, at: { state: true }, plan: { state: true }, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.watches(answers);
    /** @type {any} */
    this.ticket = null;
    this.text = ""; // typed after the slash
    this.own = false; // opened from the menu: it has a field of its own
    this.at = 0;
    /** @type {any} what the one in sight would do */
    this.plan = null;
    /** @type {any} */
    this.error = null;
    this.busy = false;
    this.shown = "";
    loadAnswers();
  }

  get found() {
    return answersFor(this.text);
  }

  /** @returns {Answer | undefined} */
  get current() {
    return this.found[Math.min(this.at, this.found.length - 1)];
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("text")) this.at = 0;
  }

  firstUpdated() {
    if (this.own) this.querySelector("input")?.focus();
  }

  updated() {
    this.querySelector(".item.on")?.scrollIntoView({ block: "nearest" });
    const id = this.current?.id || "";
    if (id === this.shown) return;
    this.shown = id;
    this.plan = null;
    this.error = null;
    clearTimeout(this.timer);
    if (id) this.timer = setTimeout(() => this.look(), 120);
  }

  /** Ask what the one in sight would write and change here. */
  async look() {
    const answer = this.current;
    if (!answer) return;
    try {
      const plan = await planOf(answer, this.ticket.id);
      if (answer.id === this.shown) this.plan = plan;
    } catch (error) {
      if (answer.id === this.shown) this.error = error;
    }
  }

  /** Keys that the reply box hands on. @param {KeyboardEvent} event @returns {boolean} whether it was for us */
  press(event) {
    const count = this.found.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.tell("left");
    else if (step && count) this.at = (this.at + step + count) % count;
    else if ((event.key === "Enter" || event.key === "Tab") && this.current) this.take();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** The usual thing: a template is put into the text, a macro is done. */
  async take() {
    const answer = this.current;
    if (!answer || this.busy) return;
    if (!this.plan) await this.look();
    if (!this.plan) return;
    if (answer.kind === "template" || this.plan.undefined.length) return this.insert();
    return this.apply(answer);
  }

  insert() {
    this.tell("inserted", { html: this.plan.messages.map((/** @type {any} */ each) => each.body_html).join(""), kind: this.plan.messages[0]?.kind || "reply" });
  }

  /** @param {Answer} answer */
  async apply(answer) {
    this.busy = true;
    try {
      const ticket = await api.post(`/tickets/${this.ticket.id}/macros/${answer.id}`, {});
      keep([ticket]);
      this.tell("left");
      offerUndo(t("macro.done", { name: answer.name, number: String(ticket.number) }), ticket.id, ticket.version);
      await refreshConversation();
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  }

  render() {
    const { found } = this;
    const { state } = answers.value;
    return html`<div class="answers" role="dialog" aria-label=${t("macro.title")}>
      <div class="answers-list">
        ${this.own ? html`<input class="input soft" aria-label=${t("macro.search")} placeholder=${t("macro.search")} .value=${this.text} @keydown=${this.press} @input=${(/** @type {any} */ event) => (this.text = event.target.value)} />` : nothing}
        <div role="listbox" aria-label=${t("macro.title")} class="answers-items">
          ${found.map((answer, at) => this.item(answer, at, found[at - 1]?.kind !== answer.kind))}
        </div>
        ${state === "failed" ? html`<p class="menu-head" role="alert">${t("macro.failed")}</p>` : nothing}
        ${state === "ready" && !found.length ? html`<p class="menu-head" role="status">${t(answers.data?.length ? "menu.nothing" : "macro.none")}</p>` : nothing}
      </div>
      <div class="answers-plan" aria-live="polite">${this.current ? this.shownPlan(this.current) : nothing}</div>
    </div>`;
  }

  /** @param {Answer} answer @param {number} at @param {boolean} first */
  item(answer, at, first) {
    const on = answer === this.current;
    return html`${first ? html`<div class="menu-head" role="presentation">${t(`macro.${answer.kind}s`)}</div>` : nothing}
      <button class="item ${on ? "on" : ""}" role="option" tabindex="-1" aria-selected=${String(on)} @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}
        @mouseenter=${() => (this.at = at)} @click=${() => this.take()}>
        ${icon(answer.kind === "macro" ? "bolt" : "file")}<span class="grow cut" dir="auto">${answer.name}</span>${answer.shortcut ? html`<span class="kbd">/${answer.shortcut}</span>` : nothing}
      </button>`;
  }

  /** @param {Answer} answer */
  shownPlan(answer) {
    const { plan, error } = this;
    if (error) return html`<div class="alert bad" role="alert">${icon("alert")}<span>${error.errors?.[0]?.message || error.detail || t("change.offline")}</span></div>`;
    if (!plan) return html`<div class="bones view-bones"><span class="bone w80"></span><span class="bone w60"></span></div>`;
    const changes = Object.entries(plan.changes).filter(([name]) => !QUIET.has(name));
    const macro = answer.kind === "macro";
    return html`
      ${answer.description ? html`<p class="t12 i3">${answer.description}</p>` : nothing}
      ${plan.messages.map((/** @type {any} */ each) => html`<div class="answers-text ${each.kind === "note" ? "note" : ""}" dir="auto" lang=${each.locale || nothing}>${each.kind === "note" ? html`<span class="note-mark">${icon("lock", 12)}${t("message.note")}</span> ` : nothing}${marked(each.body_text)}</div>`)}
      ${changes.length ? html`<div class="answers-effects">${changes.map(effect)}</div>` : nothing}
      ${!plan.messages.length && !changes.length ? html`<p class="i3">${t("bulk.no_change")}</p>` : nothing}
      ${plan.undefined.length ? html`<p class="hint blanks">${icon("alert", 12)}${t("macro.blanks", { n: plan.undefined.length, names: plan.undefined.join(", ") })}</p>` : nothing}
      <div class="answers-acts">
        ${macro && !plan.undefined.length ? html`<button class="btn primary tiny" ?disabled=${this.busy} @click=${() => this.apply(answer)}>${t(plan.messages.some((/** @type {any} */ each) => each.kind === "reply") ? "macro.apply_send" : "macro.apply")} ${keycaps("enter")}</button>` : nothing}
        ${plan.messages.length ? html`<button class="btn ${macro && !plan.undefined.length ? "ghost" : "primary"} tiny" @click=${this.insert}>${t("macro.insert")} ${macro && !plan.undefined.length ? nothing : keycaps("enter")}</button>` : nothing}
      </div>`;
  }
}

/** @param {Answer} answer @param {string} ticket @returns {Promise<any>} */
async function planOf(answer, ticket) {
  if (answer.kind === "macro") return api.post(`/tickets/${ticket}/macros/${answer.id}/preview`, {});
  const rendering = await api.post(`/templates/${answer.id}/rendering`, { ticket_id: ticket });
  return { changes: {}, messages: [{ kind: "reply", ...rendering }], undefined: rendering.undefined };
}

/** The words with their blanks marked. @param {string} text */
const marked = (text) => text.split(/(\[\[[^\][]+\?\]\])/).map((part, at) => (at % 2 ? html`<mark class="blank-mark">${part.slice(2, -2)}</mark>` : part));

customElements.define("desk-answers", AnswerPicker);
