/** Mail that was kept but not understood: why, what stands in it, and the ways to let it in or to turn it away. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { failure, paneState, rowBones } from "../shared/parts/states.js";
import { say } from "../shared/parts/toast.js";
import { Resource } from "../shared/resource.js";
import { may, session } from "../shared/session.js";
import { mailRow } from "./quarantine-row.js";

/** @type {Resource<{rows: any[], cursor: string | null}>} */
const quarantine = new Resource();

/** @param {string} [cursor] */
async function read(cursor) {
  const page = await api.get("/mail", { outcome: "quarantine", cursor });
  return { rows: page.data, cursor: page.next_cursor };
}

class Quarantine extends Component {
  static properties = { open: { state: true }, shown: { state: true } };

  constructor() {
    super();
    this.watches(quarantine, session);
    this.open = ""; // the mail that is looked into
    /** @type {{mail?: any, error?: any}} what was read of it */
    this.shown = {};
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = t("quarantine.title");
    if (may("mail:read")) quarantine.load(read);
  }

  async more() {
    const { rows, cursor } = quarantine.data || { rows: [], cursor: null };
    if (!cursor) return;
    const next = await read(cursor);
    quarantine.change(() => ({ rows: [...rows, ...next.rows], cursor: next.cursor }));
  }

  /** Look into a mail, or away from it. @param {string} id */
  async look(id) {
    this.open = this.open === id ? "" : id;
    this.shown = {};
    if (!this.open) return;
    try {
      const mail = await api.get(`/mail/${id}`);
      if (this.open === id) this.shown = { mail };
    } catch (error) {
      if (this.open === id) this.shown = { error };
    }
  }

  /** @param {any} mail @param {boolean} trust its sender from now on */
  release(mail, trust) {
    const text = t(trust ? "quarantine.trusted" : "quarantine.released", { from: mail.from || t("person.unknown") });
    return this.decide(mail, () => api.put(`/mail/${mail.id}/release`, trust ? { body: { trust } } : {}), { text });
  }

  /** Off the list for good; the mail itself is kept. @param {any} mail @param {Record<string, any>} how `block` its sender, `tell` him */
  reject(mail, how = {}) {
    const text = t(how.block ? "quarantine.blocked" : "quarantine.rejected", { from: mail.from || t("person.unknown") });
    return this.decide(mail, () => api.delete(`/mail/${mail.id}/release`, { query: how }), { text });
  }

  /** The row leaves at once and comes back when the server refuses. @param {any} mail @param {() => Promise<any>} ask @param {import("../shared/parts/toast.js").Toast} toast */
  async decide(mail, ask, toast) {
    const before = quarantine.data;
    quarantine.change(({ rows, cursor }) => ({ rows: rows.filter((each) => each.id !== mail.id), cursor }));
    try {
      await ask();
      say(toast);
    } catch (error) {
      quarantine.change(() => /** @type {any} */ (before));
      say({ bad: true, text: t("quarantine.failed_release", { reason: /** @type {Error} */ (error).message }) });
    }
  }

  render() {
    return html`<main class="page" id="main" tabindex="-1"><div class="page-inner wide">
      <header><h1 class="t16">${t("quarantine.title")}</h1><p class="i2">${t("quarantine.text")}</p></header>
      ${this.content()}
    </div></main>`;
  }

  content() {
    const { state, slow, error, data } = quarantine.value;
    if (!may("mail:read")) return failure({ status: 403 }, "", () => {});
    if (state === "failed") return failure(error, t("quarantine.failed"), () => quarantine.load(read));
    if (!data) return slow ? rowBones(4) : nothing;
    if (!data.rows.length) return paneState({ icon: "shield", title: t("quarantine.empty.title"), text: t("quarantine.empty.text") });
    return html`<ul class="mails">${data.rows.map((mail) => mailRow(mail, { screen: this, shown: this.open === mail.id ? this.shown : null }))}</ul>
      ${data.cursor ? html`<button class="btn second" @click=${this.more}>${t("action.more_rows")}</button>` : nothing}`;
  }
}

customElements.define("desk-quarantine", Quarantine);
