/** Where an answer or a note is written. A draft is kept per ticket; files come by drop, paste or picker. */
import { Component, html, nothing } from "../shared/element.js";
import { firstName, nameOf } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { uploadCard } from "../shared/parts/attachments.js";
import { icon } from "../shared/parts/icons.js";
import { say } from "../shared/parts/toast.js";
import { Upload } from "../shared/uploads.js";
import { undo } from "./commands.js";
import { recipients, recipientsButton } from "./parts/recipients.js";
import { unreached } from "./parts/unreached.js";
import { replyBar } from "./parts/reply-bar.js";
import { here, pathOf, router } from "./router.js";
import { drag, paste } from "./parts/reply-files.js";
import { ReplyMentions } from "./parts/reply-mentions.js";
import { ReplyAnswers } from "./parts/reply-answers.js";
import { draftOf, keepDraft } from "./state/drafts.js";
import { neighbour } from "./state/list.js";
import { post } from "./state/outbox.js";
import { show } from "./state/tickets.js";
import { statusOf } from "./state/catalogue.js";
import "./rich-editor.js";

const REST = 400; // ms without a key before the draft is kept

class ReplyBox extends Component {
  static properties = { ticket: {}, kind: { state: true }, uploads: { state: true }, cc: { state: true }, quote: { state: true }, savedAt: { state: true }, dragging: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    /** @type {"reply" | "note"} */
    this.kind = "reply";
    /** @type {Upload[]} */
    this.uploads = [];
    /** @type {string[]} */
    this.cc = [];
    this.quote = true; // the customer's message stands below the mail
    this.savedAt = 0;
    this.answers = new ReplyAnswers(this);
    this.mentions = new ReplyMentions(this);
    this.dragging = false;
    this.of = "";
    this.returned = (/** @type {Event} */ event) => this.takeBack(/** @type {CustomEvent} */ (event).detail);
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("draft-returned", this.returned);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("draft-returned", this.returned);
    this.keep();
  }

  get editor() {
    return /** @type {any} */ (this.querySelector("rich-editor"));
  }

  willUpdate() {
    if (this.ticket.id === this.of) return;
    this.keep();
    this.of = this.ticket.id;
    this.uploads = [];
    this.cc = this.ticket.cc || [];
    this.quote = true;
    const draft = draftOf(this.of);
    this.kind = draft.note && !draft.reply ? "note" : "reply";
    this.savedAt = draft.at;
    this.updateComplete.then(() => this.fill());
  }

  /** Put the draft of this ticket and kind into the editor. */
  fill() {
    if (!this.editor?.editor) return;
    this.editor.value = draftOf(this.of)[this.kind];
    this.answers.mark();
    this.requestUpdate();
  }

  /** @param {"reply" | "note"} kind */
  choose(kind) {
    if (kind !== this.kind) {
      this.keep();
      this.kind = kind;
      this.fill();
    }
    this.updateComplete.then(() => this.editor.focus());
  }

  typed() {
    for (const each of [this.answers, this.mentions]) each.pick();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), REST);
    this.requestUpdate();
  }

  keep() {
    clearTimeout(this.timer);
    if (!this.of || !this.editor?.editor || this.editor.value === draftOf(this.of)[this.kind]) return;
    this.savedAt = keepDraft(this.of, this.kind, this.editor.value).at;
  }

  /** What stands here is kept first; the text is among the drafts right after. @param {import("./state/outbox.js").Outgoing} entry */
  takeBack(entry) {
    if (entry.ticket !== this.of) return;
    this.keep();
    this.kind = entry.kind;
    this.uploads = [...(entry.files || []), ...this.uploads];
    if (entry.body.cc) this.cc = entry.body.cc;
    this.updateComplete.then(() => (this.fill(), this.editor.focus()));
  }

  /** @param {Iterable<File>} files */
  attach(files) {
    const added = [...files].map((file) => new Upload(file));
    for (const upload of added) upload.watch(() => this.requestUpdate());
    this.uploads = [...this.uploads, ...added];
  }

  /** @param {Upload} upload */
  detach(upload) {
    upload.cancel();
    this.uploads = this.uploads.filter((each) => each !== upload);
  }

  /** Files that are not there yet hold the message back. */
  get pending() {
    return this.uploads.filter((upload) => upload.value.state !== "done").length;
  }

  /** @param {string} [status] to go to with it @param {boolean} [next] open the next ticket @param {string} [at] ISO time at which it leaves */
  send(status, next = false, at = "") {
    const { ticket, kind } = this;
    const text = this.editor.value;
    if (this.answers.blanks.length) return this.answers.refuse();
    if ((!text && !this.uploads.length) || this.pending) return this.editor.focus();
    const legal = status && statusOf(ticket.status.id).next.includes(status);
    const body = { kind, body_html: text || "<p></p>", attachments: this.uploads.map((upload) => upload.value.id), ...(kind === "reply" ? { cc: this.cc, ...(this.quote ? {} : { quote: false }) } : {}), ...(legal ? { status_id: status } : {}), ...(at ? { send_at: at } : {}), ...this.mentions.body };
    keepDraft(ticket.id, kind, "");
    post({ ticket: ticket.id, to: firstName(nameOf(ticket.requester)), kind, body, files: this.uploads });
    this.uploads = [];
    this.editor.value = "";
    this.savedAt = 0;
    if (next) this.openNext();
  }

  openNext() {
    const next = neighbour(this.ticket.id, 1);
    say({ text: t("outbox.toast", { name: nameOf(this.ticket.requester) }), action: { label: t("action.undo"), keys: "z", run: undo } });
    router.go(pathOf(here().view, next?.number));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (this.answers.press(event) || this.mentions.press(event)) return;
    if (event.key === "Escape" && !this.answers.picking) return /** @type {HTMLElement} */ (document.activeElement)?.blur();
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.send(event.shiftKey && this.kind === "reply" ? "solved" : undefined);
  }

  firstUpdated() {
    this.addEventListener("keydown", (event) => this.press(event), { capture: true });
    this.addEventListener("paste", (event) => paste(this, event), { capture: true });
  }

  render() {
    const note = this.kind === "note";
    const dragged = (/** @type {DragEvent} */ event) => drag(this, event);
    return html`<section class="reply ${note ? "note" : ""} ${this.dragging ? "dragging" : ""}" aria-label=${t("reply.label")}
      @dragover=${dragged} @dragleave=${dragged} @drop=${dragged}>
      <div class="reply-tabs">
        <div role="tablist" class="row g16" aria-label=${t("reply.label")}>${this.tab("reply")}${this.tab("note")}</div>
        <span class="grow"></span>
        ${note ? html`<span class="note-mark">${icon("lock", 12)}${t("reply.only_agents")}</span>` : recipientsButton(this)}
      </div>
      ${note ? nothing : html`${recipients(this)}${unreached(this)}`}
      <rich-editor id="reply-text" .label=${t(note ? "reply.note_text" : "reply.reply_text")} .placeholder=${t(note ? "reply.note_hint" : "reply.hint", { name: firstName(nameOf(this.ticket.requester)) })}
        @change=${this.typed} @format=${() => this.requestUpdate()}></rich-editor>
      ${this.uploads.length ? html`<div class="attachments reply-files">${this.uploads.map((upload) => uploadCard(upload, () => this.detach(upload)))}</div>` : nothing}
      ${this.answers.render()}${this.mentions.render()}
      ${replyBar(this)}
      ${this.dragging ? html`<div class="reply-drop">${icon("clip", 20)}${t("reply.drop")}</div>` : nothing}
    </section>`;
  }

  /** @param {"reply" | "note"} kind */
  tab(kind) {
    return html`<button role="tab" class="tab" data-control=${kind} aria-selected=${String(this.kind === kind)} aria-controls="reply-text" @click=${() => this.choose(kind)}>
      ${icon(kind)}${t(`reply.${kind}`)}
    </button>`;
  }
}

customElements.define("desk-reply", ReplyBox);
