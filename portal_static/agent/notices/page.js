/** One's own notices, the newest first, together by ticket. */
import { Component, html, nothing } from "../../shared/element.js";
import { age, exact } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, paneState, rowBones } from "../../shared/parts/states.js";
import { say } from "../../shared/parts/toast.js";
import { router } from "../router.js";
import { loadNotices, markNotice, moreNotices, notices, only, readAllNotices, showOnly, unread } from "../state/notices.js";
import { minute } from "../state/ui.js";
import { CHANNELS, iconOf, sentenceOf, signOf, toldBy } from "./words.js";

/** @typedef {import("../state/notices.js").Notice} Notice */

class NoticesPage extends Component {
  static properties = { open: { state: true } };

  constructor() {
    super();
    this.watches(notices, only, unread, minute);
    this.open = ""; // the notice whose channels are shown
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = t("notice.title");
    loadNotices();
  }

  /** @param {Promise<void>} change */
  async tried(change) {
    try {
      await change;
    } catch (error) {
      say({ bad: true, text: t("notice.failed_change", { reason: /** @type {Error} */ (error).message }) });
    }
  }

  render() {
    return html`<main class="page" id="main" tabindex="-1"><div class="page-inner">
      <header class="row g8 notices-head"><h1 class="t16 grow">${t("notice.title")}</h1>
        <div class="segments" role="radiogroup" aria-label=${t("notice.shown")}>
          ${[false, true].map((each) => html`<button role="radio" aria-checked=${String(only.value === each)} @click=${() => showOnly(each)}>${t(each ? "notice.unread" : "notice.all")}</button>`)}
        </div>
        <button class="btn second" ?disabled=${!unread.value.unread} @click=${() => this.tried(readAllNotices())}>${t("notice.read_all")}</button>
        <a class="btn ghost square" href=${router.href("/me/notifications")} title=${t("wishes.title")} aria-label=${t("wishes.title")}>${icon("sliders")}</a></header>
      ${this.content()}
    </div></main>`;
  }

  content() {
    const { state, slow, error, data } = notices.value;
    if (state === "failed") return failure(error, t("notice.failed"), loadNotices);
    if (!data) return slow ? rowBones(4) : nothing;
    if (!data.rows.length) return paneState({ icon: "bell", title: t(only.value ? "notice.none_unread" : "notice.none"), text: t("notice.none_text") });
    return html`${byTicket(data.rows).map((rows) => this.group(rows))}
      ${data.cursor ? html`<button class="btn second" @click=${moreNotices}>${t("action.more_rows")}</button>` : nothing}`;
  }

  /** @param {Notice[]} rows */
  group(rows) {
    const { ticket } = rows[0];
    const heading = ticket ? html`<span class="i3 num">#${ticket.number}</span> <span dir="auto">${ticket.subject}</span>` : t("notice.no_ticket");
    return html`<section class="notice-group"><h2 class="t14 w6 cut">${heading}</h2><ul>${rows.map((row) => this.row(row))}</ul></section>`;
  }

  /** @param {Notice} row */
  row(row) {
    const words = html`${icon(iconOf(row))}<span class="grow">${sentenceOf(row)}${row.level > 1 ? html` <span class="tag">${t("notice.level", { n: row.level })}</span>` : nothing}</span>
      <time class="i3 t12 num" datetime=${row.told_at} title=${exact(row.told_at)}>${age(row.told_at)}</time>`;
    const label = t(row.read ? "notice.mark_unread" : "notice.mark_read");
    return html`<li class="notice ${row.read ? "" : "unread"}">
      ${row.ticket
        ? html`<a class="notice-link" data-step href=${router.href(`/tickets/${row.ticket.number}`)} @click=${() => this.tried(markNotice(row, true))}>${words}${row.read ? nothing : html`<span class="said">${t("notice.is_unread")}</span>`}</a>`
        : html`<span class="notice-link i3">${words}</span>`}
      ${this.how(row)}
      <button class="notice-mark" title=${label} aria-label=${label} aria-pressed=${String(!row.read)} @click=${() => this.tried(markNotice(row, !row.read))}><span class="notice-dot"></span></button>
      ${this.open === row.id ? html`<dl id="how-${row.id}">${CHANNELS.map((each) => html`<div><dt>${t(`wishes.channel.${each}`)}</dt><dd>${toldBy(row.channels[each])}</dd></div>`)}</dl>` : nothing}
    </li>`;
  }

  /** What opens how it was told, with a sign where that was not as usual. @param {Notice} row */
  how(row) {
    const open = this.open === row.id;
    const sign = signOf(row);
    return html`<button class="notice-mark ${sign.tone}" title=${t("notice.how")} aria-label=${t("notice.how")} aria-expanded=${String(open)} aria-controls="how-${row.id}"
      @click=${() => (this.open = open ? "" : row.id)}>${icon(sign.icon)}</button>`;
  }
}

/** @param {Notice[]} rows @returns {Notice[][]} */
function byTicket(rows) {
  /** @type {Map<string, Notice[]>} */
  const groups = new Map();
  for (const row of rows) {
    const key = row.ticket?.id || "";
    groups.set(key, [...(groups.get(key) || []), row]);
  }
  return [...groups.values()];
}

customElements.define("desk-notices", NoticesPage);
