/** Side conversations: talks with third parties beside the ticket, of which its customer never learns. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { list as joined, moment } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import "../../shared/parts/mail-body.js";
import { Resource } from "../../shared/resource.js";
import { may } from "../../shared/session.js";

class SideConversations extends Component {
  static properties = { ticket: {}, open: { state: true }, starting: { state: true }, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {Resource<any[]>} */
    this.talks = new Resource();
    /** @type {Resource<any[]>} */
    this.thread = new Resource();
    this.watches(this.talks, this.thread);
    /** @type {any} */
    this.ticket = null;
    this.open = "";
    this.starting = false;
    /** @type {any} */
    this.error = null;
    this.busy = false;
    this.of = "";
    this.version = 0;
  }

  get path() {
    return `/tickets/${this.ticket.id}/side-conversations`;
  }

  willUpdate() {
    const { id, version } = this.ticket;
    if (id === this.of && version === this.version) return;
    const other = id !== this.of;
    Object.assign(this, { of: id, version });
    if (other) Object.assign(this, { open: "", starting: false, error: null });
    const read = async () => (await api.get(`/tickets/${id}/side-conversations`)).data;
    other ? this.talks.load(read) : this.talks.refresh(read);
    if (this.open) this.thread.refresh(() => this.messages());
  }

  async messages() {
    return (await api.get(`${this.path}/${this.open}/messages`, { limit: 50 })).data;
  }

  /** @param {string} id */
  unfold(id) {
    this.open = this.open === id ? "" : id;
    this.starting = false;
    this.error = null;
    if (this.open) this.thread.load(() => this.messages());
  }

  /** @param {() => Promise<any>} act */
  async act(act) {
    this.busy = true;
    this.error = null;
    try {
      const made = await act();
      await this.talks.refresh(async () => (await api.get(this.path)).data);
      if (this.open) await this.thread.refresh(() => this.messages());
      return made;
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  /** @param {SubmitEvent} event */
  async start(event) {
    event.preventDefault();
    const { subject, to, body_text } = /** @type {any} */ (Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target))));
    const made = await this.act(() => api.post(this.path, { subject, body_text, to: to.split(/[\s,;]+/).filter(Boolean) }));
    if (!made) return;
    this.starting = false;
    this.unfold(made.id);
  }

  /** @param {SubmitEvent} event */
  async write(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const body_text = String(new FormData(form).get("body_text") || "").trim();
    if (body_text && (await this.act(() => api.post(`${this.path}/${this.open}/messages`, { body_text })))) form.reset();
  }

  render() {
    const talks = this.talks.data || [];
    const write = may("tickets:write");
    if (!talks.length && !write) return nothing;
    return html`<section class="side-section sides" aria-label=${t("sides.title")}>
      <h2 class="side-head">${t("sides.title")}<span class="note-mark">${icon("lock", 12)}${t("sides.hidden")}</span><span class="grow"></span>
        ${write ? html`<button class="btn ghost square tiny" aria-label=${t("sides.start")} title=${t("sides.start")} aria-expanded=${String(this.starting)} @click=${() => { this.starting = !this.starting; this.open = ""; this.error = null; }}>${icon("plus", 14)}</button>` : nothing}</h2>
      ${this.talks.value.state === "failed" ? html`<p class="t12 i3">${t("sides.failed")}</p>` : nothing}
      ${this.starting ? this.form() : nothing}
      ${talks.map((talk) => this.talk(talk, write))}
    </section>`;
  }

  problem() {
    return this.error ? html`<div class="hint bad" role="alert">${icon("alert", 12)}<span>${this.error.errors?.[0]?.message || this.error.detail || t("change.offline")}</span></div>` : nothing;
  }

  form() {
    return html`<form class="side-form" @submit=${this.start}>
      <p class="t12 c-note">${t("sides.text")}</p>
      <input class="input" name="to" required autofocus aria-label=${t("sides.to")} placeholder=${t("sides.to")} autocomplete="off" />
      <input class="input" name="subject" required maxlength="250" aria-label=${t("new.subject")} placeholder=${t("new.subject")} dir="auto" autocomplete="off" />
      <textarea class="input" name="body_text" required rows="4" aria-label=${t("sides.words")} placeholder=${t("sides.words")} dir="auto"></textarea>${this.problem()}
      <div class="row g8"><button class="btn note small" ?disabled=${this.busy}>${t("sides.send")}</button><button type="button" class="btn ghost small" @click=${() => (this.starting = false)}>${t("action.cancel")}</button></div>
    </form>`;
  }

  /** @param {any} talk @param {boolean} write */
  talk(talk, write) {
    const on = talk.id === this.open;
    const done = talk.state === "resolved";
    return html`<div class="side-talk"><button class="part-row wide-row" aria-expanded=${String(on)} @click=${() => this.unfold(talk.id)}>${icon(done ? "check-circle" : "chat", 14)}<span class="cut grow" dir="auto">${talk.subject}</span><span class="t12 i3">${t(`sides.${talk.state}`)}</span></button>
      ${on ? this.messagesOf(talk, write, done) : nothing}</div>`;
  }

  /** @param {any} talk @param {boolean} write @param {boolean} done */
  messagesOf(talk, write, done) {
    const toggle = () => this.act(() => (done ? api.delete(`${this.path}/${talk.id}/resolution`) : api.put(`${this.path}/${talk.id}/resolution`)));
    return html`<p class="t12 i3 cut">${t("message.to", { names: joined(talk.to) })}</p>
      ${(this.thread.data || []).map((message) => html`<article class="message note side-message"><header class="message-head"><span class="w5 cut">${message.author.name || message.author.id}</span><span class="message-when"><time>${moment(message.created_at)}</time></span></header>
        <mail-body .body=${message.trimmed_html || message.body_html} .label=${t("sides.words")}></mail-body></article>`)}
      ${write ? html`<form class="side-form" @submit=${this.write}>${done ? nothing : html`<textarea class="input" name="body_text" rows="3" aria-label=${t("sides.words")} placeholder=${t("sides.words")} dir="auto"></textarea>`}${this.problem()}
        <div class="row g8">${done ? nothing : html`<button class="btn note small" ?disabled=${this.busy}>${t("sides.send")}</button>`}<button type="button" class="btn second small" @click=${toggle}>${t(done ? "sides.reopen" : "sides.close")}</button></div></form>` : nothing}`;
  }
}

customElements.define("desk-sides", SideConversations);
