/** The audit trail: filters in the address, entries by day, and the next page when the end comes into sight. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, paneState, rowBones } from "../../shared/parts/states.js";
import { Resource } from "../../shared/resource.js";
import { may } from "../../shared/session.js";
import { router } from "../router.js";
import { catalogue } from "../state/catalogue.js";
import { auditFilters } from "./audit-filters.js";
import { dayName, entryRow } from "./audit-entry.js";
import { timeOf } from "./form/date.js";
import { keys, roles } from "./kept.js";
import { customers, learn } from "./names.js";
import { pathTo } from "./place.js";
import { sectionTitle } from "./registry.js";

/** @typedef {{rows: any[], cursor: string | null}} Page */

const TRIES = 5; // pages without an entry that are passed over at once; the reader may go on

/** @type {Resource<Page>} */
const trail = new Resource();

/** The question as the API takes it. @param {URLSearchParams} query */
function questionOf(query) {
  const { from, to, ...rest } = Object.fromEntries(query);
  return { ...rest, from: timeOf(from || ""), to: timeOf(to || "", true) };
}

/** @param {Record<string, any>} question @param {string | null} [after] @returns {Promise<Page>} */
async function read(question, after = null) {
  /** @type {Page} */
  let page = { rows: [], cursor: after };
  for (let at = 0; at < TRIES && !page.rows.length && (page.cursor || !at); at += 1) {
    const answer = await api.get("/audit", { ...question, limit: 50, cursor: page.cursor });
    page = { rows: answer.data, cursor: answer.next_cursor };
    learn(answer.data);
  }
  return page;
}

class Audit extends Component {
  static properties = { more: { state: true } };

  constructor() {
    super();
    this.watches(trail, router, catalogue, roles, keys, customers);
    this.asked = "";
    /** @type {"" | "loading" | "failed"} */
    this.more = "";
    this.sight = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && this.next());
  }

  connectedCallback() {
    super.connectedCallback();
    this.asked = "none";
    if (roles.value.state === "idle") roles.open();
    if (keys.value.state === "idle" && may("keys:write")) keys.open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sight.disconnect();
  }

  willUpdate() {
    const asked = router.query.toString();
    if (asked === this.asked || router.parts[1] !== "audit") return;
    this.asked = asked;
    this.load();
  }

  updated() {
    const end = this.querySelector(".log-end");
    this.sight.disconnect();
    if (end) this.sight.observe(end);
  }

  load() {
    this.more = "";
    trail.load(() => read(questionOf(router.query)));
  }

  async next() {
    const before = trail.data;
    if (!before?.cursor || this.more === "loading") return;
    this.more = "loading";
    try {
      const page = await read(questionOf(router.query), before.cursor);
      if (trail.data === before) trail.change(({ rows }) => ({ rows: [...rows, ...page.rows], cursor: page.cursor }));
      this.more = "";
    } catch {
      this.more = "failed";
    }
  }

  /** @param {Record<string, string>} change */
  filter(change) {
    router.go(pathTo("audit", "", { ...Object.fromEntries(router.query), ...change }), { replace: true });
  }

  render() {
    return html`<section class="set-whole" aria-label=${sectionTitle("audit")}>
      <header class="set-head"><a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut" tabindex="-1">${sectionTitle("audit")}</h1><span class="grow"></span>
        <button class="btn second small" @click=${this.load}>${icon("refresh", 14)}${t("audit.again")}</button></header>
      ${auditFilters(router.query, (change) => this.filter(change))}
      <div class="log" tabindex="-1">${this.content()}</div></section>`;
  }

  content() {
    const { state, slow, error, data } = trail.value;
    if (state === "failed") return failure(error, t("audit.failed"), () => this.load());
    if (!data) return slow ? rowBones(8) : nothing;
    if (!data.rows.length && !data.cursor) return this.empty();
    return html`${byDay(data.rows).map(([day, rows]) => html`<h2 class="log-day">${day}</h2><ul>${rows.map(entryRow)}</ul>`)}${this.end(data)}`;
  }

  empty() {
    const clear = html`<button class="btn second" @click=${() => router.go(pathTo("audit"), { replace: true })}>${t("audit.clear")}</button>`;
    return paneState({ icon: "history", title: t("settings.audit.empty"), text: this.asked ? t("audit.empty_filtered") : t("settings.audit.about"), actions: this.asked ? clear : nothing });
  }

  /** @param {Page} page */
  end({ rows, cursor }) {
    if (!cursor) return html`<p class="log-last i3">${t("audit.beginning")}</p>`;
    const failed = this.more === "failed";
    return html`<div class="${failed || !rows.length ? "" : "log-end"} log-last">
      ${failed ? html`<span class="c-red" role="alert">${t("audit.more_failed")}</span>` : nothing}
      <button class="btn second small" ?disabled=${this.more === "loading"} @click=${this.next}>${failed ? t("action.retry") : t("action.more_rows")}</button></div>`;
  }
}

/** @param {any[]} rows @returns {[string, any[]][]} */
function byDay(rows) {
  /** @type {Map<string, any[]>} */
  const days = new Map();
  for (const row of rows) days.set(dayName(row.timestamp), [...(days.get(dayName(row.timestamp)) || []), row]);
  return [...days];
}

customElements.define("settings-audit", Audit);
