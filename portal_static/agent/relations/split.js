/** Beginning a new ticket with some messages of this one, which keeps them. */
import { api } from "../../shared/api.js";
import { html } from "../../shared/element.js";
import { moment, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { here, pathOf, router } from "../router.js";
import { conversation } from "../state/conversation.js";
import { keep } from "../state/tickets.js";
import { ui } from "../state/ui.js";
import { RelationDialog } from "./dialog.js";

const MOST = 20;

class SplitDialog extends RelationDialog {
  static properties = { ...RelationDialog.properties, chosen: { state: true }, subject: { state: true } };

  constructor() {
    super();
    /** @type {Set<string>} */
    this.chosen = new Set([ui.value.subject.message]);
    this.subject = this.ticket.subject;
    this.key = crypto.randomUUID();
  }

  get ready() {
    return this.chosen.size > 0 && this.chosen.size <= MOST && Boolean(this.subject.trim());
  }

  async work() {
    const made = await api.post(`/tickets/${this.ticket.id}/split`, { message_ids: [...this.chosen], subject: this.subject.trim() }, { key: this.key });
    keep([made]);
    say({ text: t("split.done", { number: String(made.number) }) });
    router.go(pathOf(here().view, made.number));
  }

  /** @param {string} id */
  turn(id) {
    const next = new Set(this.chosen);
    if (!next.delete(id)) next.add(id);
    this.chosen = next;
  }

  render() {
    const messages = (conversation.data?.messages || []).filter((message) => message.delivery.status !== "held" && message.delivery.status !== "cancelled");
    const body = html`<p class="i2">${t("split.text")}</p>
      <label class="field"><span class="label">${t("new.subject")}</span><input class="input" maxlength="250" dir="auto" autofocus .value=${this.subject} @input=${(/** @type {any} */ event) => (this.subject = event.target.value)} /></label>
      <fieldset class="field"><legend class="label">${t("split.messages")}</legend>
        <div class="split-messages">${messages.map((message) => html`<label class="row g8"><input type="checkbox" .checked=${this.chosen.has(message.id)} @change=${() => this.turn(message.id)} />
          <span class="w5">${nameOf(message.author.name ? message.author : this.ticket.requester)}</span><span class="cut grow i3" dir="auto">${textOf(message)}</span><time class="t12 i3 nowrap">${moment(message.created_at)}</time></label>`)}</div></fieldset>`;
    return this.frame(t("split.title"), body, t("split.action", { n: this.chosen.size }), t("split.note"));
  }
}

/** @param {any} message */
function textOf({ body_text: text, body_html: markup }) {
  return text || new DOMParser().parseFromString(markup || "", "text/html").body.textContent || "";
}

customElements.define("desk-split", SplitDialog);
