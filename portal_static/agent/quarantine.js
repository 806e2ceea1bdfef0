/** Mail that was kept but not understood: why, and the way to let it in. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { moment, exact } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { failure, paneState, rowBones } from "../shared/parts/states.js";
import { say } from "../shared/parts/toast.js";
import { Resource } from "../shared/resource.js";
import { may, session } from "../shared/session.js";

/** @type {Resource<{rows: any[], cursor: string | null}>} */
const quarantine = new Resource();

/** @param {string} [after] */
async function read(after) {
  const page = await api.get("/mail", { outcome: "quarantine", after });
  return { rows: page.data, cursor: page.next_cursor };
}

class Quarantine extends Component {
  constructor() {
    super();
    this.watches(quarantine, session);
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

  /** @param {any} mail */
  release(mail) {
    const text = t("quarantine.released", { from: mail.from || t("person.unknown") });
    return this.decide(mail, () => api.put(`/mail/${mail.id}/release`), { text });
  }

  /** Off the list for good; the mail itself is kept. @param {any} mail */
  reject(mail) {
    const text = t("quarantine.rejected", { from: mail.from || t("person.unknown") });
    return this.decide(mail, () => api.delete(`/mail/${mail.id}/release`), { text });
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
    return html`<ul class="mails">${data.rows.map((mail) => this.mail(mail))}</ul>
      ${data.cursor ? html`<button class="btn second" @click=${this.more}>${t("action.more_rows")}</button>` : nothing}`;
  }

  /** @param {any} mail */
  mail(mail) {
    return html`<li class="mail">
      ${icon("mail")}
      <div class="grow">
        <div class="row g8"><span class="w5 cut" dir="auto">${mail.from || t("person.unknown")}</span><span class="grow"></span>
          <time class="t12 i3" datetime=${mail.received_at} title=${exact(mail.received_at)}>${moment(mail.received_at)}</time></div>
        <div class="cut" dir="auto">${mail.subject || t("ticket.no_subject")}</div>
        <div class="t12 i3 row g4">${icon("info", 12)}<span class="cut" title=${mail.cause || ""}>${reason(mail)}</span></div>
      </div>
      <a class="btn ghost small" href="/v1/mail/${mail.id}/raw" target="_blank" rel="noopener">${t("quarantine.raw")}</a>
      ${may("mail:write") ? html`<button class="btn ghost small" @click=${() => this.reject(mail)}>${t("quarantine.reject")}</button><button class="btn second small" @click=${() => this.release(mail)}>${t("quarantine.release")}</button>` : nothing}
    </li>`;
  }
}

/** Why it waits, in the reader's words; the server's where we have none. @param {any} mail */
function reason({ cause, reason: words }) {
  const known = t(`quarantine.cause.${cause}`);
  return known.startsWith("quarantine.") ? words || cause : known;
}

customElements.define("desk-quarantine", Quarantine);
