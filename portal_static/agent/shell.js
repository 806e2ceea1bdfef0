/** The desk: rail, views, list, conversation, side panel, and what floats above them. */
import { connection } from "../shared/connection.js";
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { bindKeys } from "../shared/keys.js";
import { frameKeys } from "../shared/parts/mail-body.js";
import { failure, offlineBanner } from "../shared/parts/states.js";
import "../shared/parts/toast.js";
import { prefs } from "../shared/prefs.js";
import { session } from "../shared/session.js";
import { bindings } from "./commands.js";
import { here, router, SEARCH } from "./router.js";
import { need, screenPart } from "./state/parts.js";
import { watchIdleness } from "./state/availability.js";
import { catalogue, loadCatalogue } from "./state/catalogue.js";
import { closeTicket, conversation, openTicket } from "./state/conversation.js";
import { isOpen, openView } from "./state/list.js";
import { feed } from "./state/live.js";
import { countNotices, stopCounting } from "./state/notices.js";
import { collectStranded, outbox } from "./state/outbox.js";
import { onReturn } from "./state/return.js";
import { ticketOf } from "./state/tickets.js";
import { hasColumn, onWidth, ui } from "./state/ui.js";
import { loadViews } from "./state/views.js";
import "./rail.js";
import "./views.js";
import "./list.js";
import "./conversation.js";
import "./side.js";
import "./tab-bar.js";
import "./palette.js";
import "./key-sheet.js";
import "./new-ticket.js";
import "./me.js";
import "./quarantine.js";

/** Screens that are parts of their own, fetched when somebody first opens them, and what is said when that fails. @type {Record<string, string>} */
const FETCHED = { settings: "settings.failed", numbers: "numbers.failed", notices: "notice.failed" };

/** Dialogs that are fetched when they are first opened. @type {Record<string, () => any>} */
const LATER = {
  merge: () => html`<desk-merge></desk-merge>`,
  link: () => html`<desk-link></desk-link>`,
  split: () => html`<desk-split></desk-split>`,
  bulk: () => html`<desk-bulk-dialog></desk-bulk-dialog>`,
  "job-faults": () => html`<desk-job-faults></desk-job-faults>`,
  "save-view": () => html`<desk-save-view></desk-save-view>`,
};

class DeskShell extends Component {
  constructor() {
    super();
    this.watches(router, prefs, ui, connection, outbox, session, conversation);
    this.shown = { view: "", ticket: "" };
    this.lost = false;
  }

  connectedCallback() {
    super.connectedCallback();
    loadViews();
    this.setAttribute("aria-busy", "true");
    loadCatalogue()
      .catch(() => catalogue.set({ ...catalogue.value }))
      .finally(() => this.removeAttribute("aria-busy"));
    feed.start();
    countNotices();
    collectStranded();
    frameKeys(bindings);
    onWidth(() => this.requestUpdate());
    this.ends = [bindKeys(document, bindings), watchIdleness(), router.watch(() => this.follow()), onReturn()];
    this.follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    feed.stop();
    stopCounting();
    closeTicket();
    for (const end of this.ends || []) end();
  }

  /** Open what the address names. */
  follow() {
    const { screen, view, ticket } = here();
    if (FETCHED[screen]) this.fetch(screen);
    if (screen !== "tickets") return closeTicket();
    if (view === SEARCH) need("search");
    else if (ui.value.before !== view) ui.merge({ before: view });
    if (!isOpen(view)) openView(view);
    const open = ticketOf(conversation.data?.id || "");
    if (!ticket) closeTicket();
    else if (ticket !== String(open?.number) && ticket !== open?.id) openTicket(ticket);
    ui.merge({ over: false });
  }

  /** @param {string} screen */
  fetch(screen) {
    this.lost = false;
    screenPart(screen).catch(() => {
      this.lost = true;
      this.requestUpdate();
    });
  }

  /** A screen that is a part of its own. @param {string} screen @param {any} shown */
  fetched(screen, shown) {
    if (!this.lost) return shown;
    return html`<main class="page" id="main" tabindex="-1">${failure({ status: 0 }, t(FETCHED[screen]), () => this.fetch(screen))}</main>`;
  }

  side() {
    if (!here().ticket || conversation.value.state === "failed") return "folded";
    if (hasColumn()) return prefs.value.panel ? "column" : "folded";
    return ui.value.over ? "over" : "folded";
  }

  render() {
    const { screen, ticket } = here();
    const { online, lastContact } = connection.value;
    return html`<a class="skip" href="#main">${t("app.skip")}</a>
      ${online ? nothing : offlineBanner({ lastContact, waiting: outbox.value.length, retry: () => feed.ask() })}
      <div class="desk" data-screen=${screen} data-pane=${ticket ? "conversation" : "list"} data-side=${this.side()}>
        <desk-rail></desk-rail>
        ${screen === "tickets"
          ? html`<desk-views></desk-views><desk-list></desk-list><desk-conversation></desk-conversation><desk-side></desk-side>`
          : nothing}
        ${screen === "quarantine" ? html`<desk-quarantine></desk-quarantine>` : nothing}
        ${screen === "notices" ? this.fetched(screen, html`<desk-notices></desk-notices>`) : nothing}
        ${screen === "settings" ? this.fetched(screen, html`<desk-settings></desk-settings>`) : nothing}
        ${screen === "numbers" ? this.fetched(screen, html`<desk-numbers></desk-numbers>`) : nothing}
        ${screen === "me" ? html`<desk-me></desk-me>` : nothing}
      </div>
      <desk-tab-bar></desk-tab-bar>
      ${this.dialog()}
      <toast-region></toast-region>`;
  }

  dialog() {
    const name = ui.value.dialog;
    if (LATER[name]) {
      need(name);
      return LATER[name]();
    }
    if (ui.value.dialog === "palette") return html`<desk-palette></desk-palette>`;
    if (ui.value.dialog === "keys") return html`<desk-key-sheet></desk-key-sheet>`;
    if (ui.value.dialog === "new-ticket") return html`<desk-new-ticket></desk-new-ticket>`;
    return nothing;
  }
}

customElements.define("desk-shell", DeskShell);
