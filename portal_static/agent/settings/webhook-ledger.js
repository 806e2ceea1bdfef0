/** What was sent to an endpoint, and what became of it; any of it can be sent again. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { exact, moment } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, rowBones } from "../../shared/parts/states.js";
import { say } from "../../shared/parts/toast.js";
import { Resource } from "../../shared/resource.js";
import { may } from "../../shared/session.js";
import { saidBy } from "./webhook-cards.js";

const STATES = ["", "delivered", "pending", "failed"];
const SIGNS = /** @type {Record<string, string[]>} */ ({ delivered: ["check-circle", "c-green"], pending: ["clock", "c-amber"], failed: ["alert", "c-red"] });

/** @param {any} error */
const reason = ({ status, code, detail }) => (status === 0 ? t("settings.offline") : code === "webhook_paused" ? t("webhook.replay_paused") : detail || t("state.failed.text"));

class WebhookLedger extends Component {
  static properties = { of: {}, status: { state: true }, details: { state: true } };

  constructor() {
    super();
    this.of = "";
    this.status = "";
    /** @type {Record<string, any>} attempts of the deliveries that are open */
    this.details = {};
    /** @type {Resource<{data: any[], next_cursor: string | null}>} */
    this.rows = new Resource();
    this.watches(this.rows);
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (!changed.has("of") && !changed.has("status")) return;
    this.details = {};
    this.rows.load(() => this.read());
  }

  /** @param {string | null} [cursor] */
  read(cursor) {
    return api.get(`/webhooks/${this.of}/deliveries`, { status: this.status, limit: 25, cursor });
  }

  async more() {
    const page = await this.read(this.rows.data?.next_cursor).catch(() => null);
    if (page) this.rows.change(({ data }) => ({ ...page, data: [...data, ...page.data] }));
  }

  /** @param {any} event @param {string} id */
  async unfold(event, id) {
    if (!event.target.open || this.details[id]) return;
    const found = await api.get(`/webhooks/${this.of}/deliveries/${id}`).catch((error) => ({ problem: reason(error) }));
    this.details = { ...this.details, [id]: found };
  }

  /** @param {any} body @param {string} done */
  async send(body, done) {
    await api.post(`/webhooks/${this.of}/replay`, body);
    say({ text: done });
    this.rows.refresh(() => this.read());
  }

  /** @param {string} id */
  async again(id) {
    await this.send({ delivery_ids: [id] }, t("webhook.replayed")).catch((error) => say({ bad: true, text: reason(error) }));
  }

  async stretch() {
    /** @type {Record<string, string>} */
    const chosen = { from: "", to: "" };
    const line = (/** @type {string} */ name) => html`<label class="field"><span class="label">${t(`webhook.${name}`)}</span><input class="input" type="datetime-local" name=${name} @input=${(/** @type {any} */ event) => (chosen[name] = event.target.value)} /></label>`;
    const run = async () => {
      if (!chosen.from) throw { detail: t("webhook.from_missing") };
      const times = Object.fromEntries(Object.entries(chosen).filter(([, at]) => at).map(([name, at]) => [name, new Date(at).toISOString()]));
      await this.send(times, t("webhook.replayed"));
    };
    await ask({ title: t("webhook.stretch.title"), text: t("webhook.stretch.text"), action: t("webhook.stretch.action"), more: html`<div class="two">${line("from")}${line("to")}</div>`, run, refused: reason });
  }

  render() {
    const { state, slow, error, data } = this.rows.value;
    return html`<section class="ledger" aria-label=${t("webhook.ledger")}><div class="ledger-head"><h2 class="form-head grow">${t("webhook.ledger")}</h2>
        <button type="button" class="btn ghost square small" aria-label=${t("webhook.look_again")} title=${t("webhook.look_again")} @click=${() => this.rows.refresh(() => this.read())}>${icon("refresh", 14)}</button>
        ${may("webhooks:write") ? html`<button type="button" class="btn second small" @click=${this.stretch}>${t("webhook.stretch")}</button>` : nothing}</div>
      <div class="row g6 ledger-filters" role="group" aria-label=${t("webhook.which")}>${STATES.map((id) => html`<button type="button" class="filter" aria-pressed=${String(id === this.status)} @click=${() => (this.status = id)}>${t(id ? `delivery.${id}` : "delivery.all")}</button>`)}</div>
      ${state === "failed" ? failure(error, t("settings.list_failed"), () => this.rows.load(() => this.read())) : !data ? (slow ? rowBones(3) : nothing) : data.data.length ? html`<ul class="deliveries">${data.data.map((row) => this.row(row))}</ul>` : html`<p class="i3 ledger-none">${t(this.status ? "webhook.none_such" : "webhook.none")}</p>`}
      ${data?.next_cursor ? html`<button type="button" class="btn second small" @click=${this.more}>${t("webhook.older")}</button>` : nothing}</section>`;
  }

  /** @param {any} row */
  row(row) {
    const [sign, colour] = SIGNS[row.status];
    const detail = this.details[row.id];
    return html`<li><details @toggle=${(/** @type {Event} */ event) => this.unfold(event, row.id)}><summary class="delivery"><span class=${colour}>${icon(sign, 14)}</span><span class="grow"><span class="mono">${row.type}</span>
        <span class="t12 i3">${t(`delivery.${row.status}`)}${row.http_status ? ` · ${row.http_status}` : ""} · ${t("webhook.tries", { n: row.tries })}${row.next_at ? ` · ${t("webhook.next_at", { time: moment(row.next_at) })}` : ""}</span></span>
        <time class="t12 i3" datetime=${row.created_at} title=${exact(row.created_at)}>${moment(row.created_at)}</time>${icon("down", 12)}</summary>
      <div class="delivery-more"><p class="t12 i3"><bdi class="mono">${row.id}</bdi></p>
        ${detail ? (detail.problem ? html`<span class="hint bad">${detail.problem}</span>` : html`<ol class="attempts">${detail.attempts.map((/** @type {any} */ each) => html`<li><time class="t12 i3" title=${exact(each.at)}>${moment(each.at)}</time>${saidBy(each)}</li>`)}</ol>`) : html`<p class="i3">${t("state.loading")}</p>`}
        ${may("webhooks:write") ? html`<button type="button" class="btn second small" @click=${() => this.again(row.id)}>${icon("refresh", 14)}${t("webhook.again")}</button>` : nothing}</div></details></li>`;
  }
}

customElements.define("webhook-ledger", WebhookLedger);
