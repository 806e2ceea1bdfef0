/** How many tickets a filter finds now; what is wrong with it is marked in the form. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { langOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { statusIcon } from "../../shared/parts/badges.js";
import { conditionText } from "./conditions.js";

const REST = 350; // ms without a key before the question is asked

class ViewCount extends Component {
  static properties = { form: { attribute: false }, filter: { attribute: false }, found: { state: true }, problem: { state: true } };

  constructor() {
    super();
    /** @type {import("./form.js").Form} */
    this.form = /** @type {any} */ (null);
    /** @type {any} */
    this.filter = "";
    /** @type {{total: number, data: any[]} | null} */
    this.found = null;
    this.problem = "";
    this.timer = 0;
    this.turn = 0;
  }

  /** @param {Map<string, any>} changed */
  updated(changed) {
    if (!changed.has("filter")) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), changed.get("filter") === undefined ? 0 : REST);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  async ask() {
    const turn = (this.turn += 1);
    this.problem = "";
    try {
      const found = await api.get("/search", { type: "tickets", filter: conditionText(this.filter), sort: "-updated_at", facets: "category", limit: 5 });
      if (turn === this.turn) this.found = found;
    } catch (error) {
      if (turn !== this.turn) return;
      const { status, detail, errors } = /** @type {any} */ (error);
      this.found = null;
      this.problem = status === 0 ? t("settings.offline") : detail;
      if (errors?.some((/** @type {any} */ { pointer }) => pointer.startsWith("/filter"))) this.form.merge({ error });
    }
  }

  render() {
    return html`<section class="side-card" aria-live="polite"><h2 class="side-head">${t("settings.views.now")}</h2>
      ${this.problem ? html`<p class="i3">${t("settings.views.not_counted")}</p>` : this.found ? html`<p><b>${t("settings.views.count", { n: this.found.total })}</b></p>
        <ul class="found">${this.found.data.map(({ ticket }) => (ticket ? html`<li>${statusIcon(ticket.status.category, 14)}<span class="cut" dir="auto" lang=${langOf(ticket.subject) || nothing}>${ticket.subject}</span></li>` : nothing))}</ul>` : html`<p class="i3">${t("state.loading")}</p>`}</section>`;
  }
}

customElements.define("view-count", ViewCount);
