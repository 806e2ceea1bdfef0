/** One ticket as its customer sees it: where it stands, what was said, and a box to add to it. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { langOf } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { failure } from "../shared/parts/states.js";
import { say } from "../shared/parts/toast.js";
import { Resource } from "../shared/resource.js";
import { session } from "../shared/session.js";
import { answered, readForm } from "./asked.js";
import { facts, steps } from "./parts/facts.js";
import { portalMessage } from "./parts/message.js";
import { router } from "./router.js";
import "./reply.js";

const REST = 15_000; // ms between two looks while the page is in sight

/** @type {Resource<any>} */
const open = new Resource();

class PortalTicket extends Component {
  static properties = { ref: {} };

  constructor() {
    super();
    /** @type {{topic: string | null, fields: any[]} | null} of the ticket's topic, for the labels of what was answered */
    this.form = null;
    this.watches(open, session);
    this.ref = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => !document.hidden && this.refresh(), REST);
    this.seen = () => !document.hidden && this.refresh();
    document.addEventListener("visibilitychange", this.seen);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    if (this.seen) document.removeEventListener("visibilitychange", this.seen);
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("ref")) open.load(() => this.read());
  }

  updated() {
    if (open.data) document.title = `#${open.data.number} ${open.data.subject}`;
  }

  read() {
    return api.get(`/portal/tickets/${this.ref}`);
  }

  /** What the customer answered, by the labels of the form; the form is read once a topic. @param {any} ticket */
  answers(ticket) {
    const { topic_id: topic, fields } = ticket;
    if (!fields || !Object.keys(fields).length) return [];
    if (this.form?.topic === topic) return answered(this.form?.fields || [], fields);
    this.form = { topic, fields: /** @type {any[]} */ ([]) };
    readForm(topic || "").then((found) => {
      this.form = { topic, fields: found };
      this.requestUpdate();
    });
    return [];
  }

  refresh() {
    return open.refresh(() => this.read());
  }

  /** Say that it is solved, or that it is not. @param {boolean} solved */
  async resolve(solved) {
    const path = `/portal/tickets/${open.data.id}/resolution`;
    try {
      await (solved ? api.put(path) : api.delete(path));
      await this.refresh();
      const undo = { label: t("action.undo"), run: () => this.resolve(false) };
      say({ text: t(solved ? "portal.solved_toast" : "portal.reopened_toast"), action: solved && open.data.can_reopen ? undo : undefined });
    } catch (error) {
      say({ bad: true, text: /** @type {any} */ (error).detail || t("change.offline") });
    }
  }

  render() {
    const { state, slow, error, data } = open.value;
    if (state === "failed") return html`<div class="portal-page">${failure(error, t("conversation.failed"), () => open.load(() => this.read()))}</div>`;
    if (!data) return slow ? bones() : nothing;
    return html`<div class="portal-page portal-two">
      <div class="portal-thread">
        <nav class="portal-path" aria-label=${t("portal.path")}><a class="w5" href=${router.href("/")}>${t("portal.my_tickets")}</a>${icon("right", 12)}<bdi class="num">#${data.number}</bdi></nav>
        <h1 class="portal-subject" dir="auto" lang=${langOf(data.subject) ?? nothing}>${data.subject || t("ticket.no_subject")}</h1>
        ${steps(data)}
        ${data.messages.map((/** @type {any} */ message) => portalMessage(message))}
        ${data.status.category === "closed"
          ? html`<p class="portal-closed i2">${t("portal.closed_text")} <a class="link" href=${router.href("/new")}>${t("portal.write")}</a></p>`
          : html`<portal-reply .ticket=${data} @sent=${() => this.refresh()}></portal-reply>`}
      </div>
      <aside class="portal-aside" aria-label=${t("portal.facts")}>
        ${data.can_close ? html`<button class="btn second wide" @click=${() => this.resolve(true)}>${icon("check-circle")}${t("portal.it_is_solved")}</button>` : nothing}
        ${data.can_reopen ? html`<button class="btn second wide" @click=${() => this.resolve(false)}>${icon("undo")}${t("portal.reopen")}</button>` : nothing}
        ${facts(data, this.answers(data))}
        <p class="t12 i3 portal-mail">${t("portal.by_mail")}</p>
      </aside>
    </div>`;
  }
}

function bones() {
  return html`<div class="portal-page bones" role="status" aria-label=${t("state.loading")}>
    <div class="portal-bone"><span class="bone w60"></span><span class="bone w80"></span><span class="bone w70"></span></div>
  </div>`;
}

customElements.define("portal-ticket", PortalTicket);
