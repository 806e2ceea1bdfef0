/** Messages and what happened between them, in order of time; opens at the newest message. */
import { Component, html, nothing } from "../shared/element.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { eventLine, isShown } from "./parts/event-line.js";
import { messageCard } from "./parts/message-card.js";
import { outgoingCard } from "./parts/outgoing-card.js";
import { loadEarlier } from "./state/conversation.js";
import { held, timeLeft } from "./state/held.js";
import { asking, leavesLater } from "./state/later.js";
import { outbox } from "./state/outbox.js";
import { minute } from "./state/ui.js";

const OPEN = 6; // messages that are not folded at first
const NEAR = 48; // px from the end within which the view stays at the end

class Timeline extends Component {
  static properties = { conversation: {}, ticket: {}, shown: { state: true }, quoted: { state: true } };

  constructor() {
    super();
    this.watches(outbox, held, asking, minute);
    /** @type {any} */
    this.conversation = null;
    /** @type {any} */
    this.ticket = null;
    this.shown = OPEN;
    /** @type {Set<string>} messages whose quoted text is open */
    this.quoted = new Set();
    this.atEnd = true;
    this.lastTop = 0; // only a move upwards is the reader's: what grows below is not
    this.of = "";
    /** @type {Element | null} */
    this.observed = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes = new ResizeObserver(() => this.atEnd && this.toEnd());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes?.disconnect();
    clearInterval(this.ticking);
  }

  willUpdate() {
    if (this.conversation.id === this.of) return;
    this.of = this.conversation.id;
    this.shown = Math.min(Math.max(OPEN, this.unseen), 2 * OPEN);
    this.quoted = new Set();
    this.atEnd = true;
  }

  /** Messages since the last visit; none is counted on the first. */
  get unseen() {
    const { seen, messages } = this.conversation;
    return seen ? messages.filter((/** @type {any} */ message) => message.created_at > seen).length : 0;
  }

  updated() {
    const inner = this.querySelector(".timeline-inner");
    if (inner && this.observed !== inner) {
      this.observed = inner;
      this.sizes?.observe(inner);
      this.sizes?.observe(this);
    }
    if (this.atEnd) this.toEnd();
    this.tick();
  }

  /** Count down while a message waits. */
  tick() {
    const waits = this.conversation.messages.some((/** @type {any} */ message) => message.delivery.status === "held" && !leavesLater(message) && timeLeft(message).left);
    if (waits && !this.ticking) this.ticking = setInterval(() => this.requestUpdate(), 250);
    if (!waits) clearInterval(this.ticking);
    if (!waits) this.ticking = undefined;
  }

  get scroller() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".timeline"));
  }

  /** To the newest message: its end, or its beginning when it is longer than the pane. */
  toEnd() {
    const { scroller } = this;
    const last = /** @type {HTMLElement | null | undefined} */ (this.observed?.lastElementChild);
    if (!scroller) return;
    const long = last && last.offsetHeight > scroller.clientHeight;
    this.lastTop = long ? last.offsetTop - scroller.offsetTop - 8 : scroller.scrollHeight - scroller.clientHeight;
    scroller.scrollTop = this.lastTop;
  }

  scrolled() {
    const { scroller } = this;
    if (!scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.atEnd = true;
    else if (scrollTop < this.lastTop) this.atEnd = false;
    this.lastTop = scrollTop;
  }

  /** Unfold what is loaded, then the pages before; the reader's place stays where it is. */
  async earlier() {
    this.atEnd = false;
    const { scroller } = this;
    const before = scroller ? scroller.scrollHeight - scroller.scrollTop : 0;
    const loaded = this.conversation.messages.length;
    if (this.shown >= loaded && this.conversation.cursor) await loadEarlier().catch(() => {});
    this.shown += 20;
    await this.updateComplete;
    if (scroller) scroller.scrollTop = scroller.scrollHeight - before;
  }

  items() {
    const { messages: known, planned, events } = this.conversation;
    const messages = known.filter((/** @type {any} */ message) => message.delivery.status !== "cancelled" && !leavesLater(message));
    const visible = messages.slice(-this.shown);
    const since = this.folded() > 0 ? visible[0]?.created_at || "" : "";
    const marks = events.filter((/** @type {any} */ event) => isShown(event) && timeOf(event) >= since);
    const all = [
      ...visible.map((/** @type {any} */ message) => ({ key: message.id, at: message.created_at, message })),
      ...marks.map((/** @type {any} */ event) => ({ key: event.id, at: timeOf(event), event })),
    ];
    const leaving = new Map([...planned, ...known.filter(leavesLater)].map((message) => [message.id, message]));
    const later = [...leaving.values()].map((message) => ({ key: message.id, at: message.delivery.until, message }));
    return [...all.sort(byTime), ...later.sort(byTime)];
  }

  /** How many messages are not drawn. */
  folded() {
    const known = this.conversation.messages.filter((/** @type {any} */ message) => !leavesLater(message)).length;
    const all = this.conversation.cursor ? Math.max(this.ticket.message_count, known + 1) : known;
    return all - Math.min(this.shown, known);
  }

  /** @param {string} id */
  unquote(id) {
    this.quoted.has(id) ? this.quoted.delete(id) : this.quoted.add(id);
    this.quoted = new Set(this.quoted);
  }

  render() {
    const folded = this.folded();
    const leaving = outbox.value.filter((entry) => entry.ticket === this.ticket.id);
    return html`<div class="timeline" role="log" aria-label=${t("timeline.label")} aria-live="off" tabindex="0" @scroll=${this.scrolled}>
      <div class="timeline-inner">
        ${folded > 0
          ? html`<button class="fold" @click=${this.earlier}><b>${icon("up", 12)}${t("timeline.earlier", { n: folded })}</b></button>`
          : nothing}
        ${repeat(this.items(), (item) => item.key, (item) => this.item(item))}
        ${repeat(leaving, (entry) => entry.key, (entry) => outgoingCard(entry))}
      </div>
    </div>`;
  }

  /** @param {any} item */
  item({ message, event }) {
    if (event) return eventLine(event, this.ticket);
    const fresh = message.created_at > this.conversation.seen && message.kind === "customer" && this.conversation.seen !== "";
    return messageCard(message, { ticket: this.ticket, fresh, whole: this.quoted.has(message.id), unquote: () => this.unquote(message.id) });
  }
}

/** @param {{at: string}} a @param {{at: string}} b */
const byTime = (a, b) => a.at.localeCompare(b.at);

/** A ticket begins before its first message, although the mail was there before the ticket. @param {any} event */
const timeOf = (event) => (event.type === "ticket.created" ? "" : event.at);

customElements.define("desk-timeline", Timeline);
