/** How a webhook fares, its test, and its secret. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { moment, number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { webhooks } from "./kept.js";
import { card } from "./previews.js";
import { holdSecret } from "./secret.js";

/** @param {any} error */
const reason = ({ status, detail }) => (status === 0 ? t("settings.offline") : detail || t("state.failed.text"));

/** Turn a paused one on again. @param {any} row */
async function resume(row) {
  try {
    await webhooks.save(row.id, { enabled: true }, row.version);
    say({ text: t("webhook.resumed", { n: row.behind }) });
  } catch (error) {
    say({ bad: true, text: t("settings.failed_change", { reason: reason(error) }) });
  }
}

/** @param {any} row @param {boolean} open may be changed */
export function stateCard(row, open) {
  const state = row.paused ? "paused" : row.enabled ? (row.behind || row.next_try_at ? "behind" : "well") : "off";
  return html`${row.paused ? html`<div class="alert bad" role="alert">${icon("alert")}<div class="grow"><p><b>${t("webhook.paused", { time: moment(row.paused.at) })}</b></p><p>${row.paused.reason}</p>
      ${open ? html`<button type="button" class="btn second small" @click=${() => resume(row)}>${t("webhook.resume")}</button>` : nothing}</div></div>` : nothing}
    ${card(t("webhook.fares"), html`<dl class="facts wide"><dt>${t("webhook.state")}</dt><dd>${t(`webhook.state.${state}`)}</dd>
      <dt>${t("webhook.behind")}</dt><dd class="num">${t("webhook.events", { n: row.behind || 0 })}</dd>
      <dt>${t("webhook.success")}</dt><dd>${row.last_success_at ? moment(row.last_success_at) : t("webhook.never")}</dd>
      ${row.next_try_at ? html`<dt>${t("webhook.next")}</dt><dd>${moment(row.next_try_at)}</dd>` : nothing}</dl>`)}`;
}

/** @param {any} row */
export function secretSection(row) {
  const rotate = async () => {
    /** @type {any} */
    let answer = null;
    const run = async () => (answer = await api.post(`/webhooks/${row.id}/secret`, {}, { ifMatch: row.version }));
    const sure = await ask({ title: t("webhook.rotate.title"), text: t(row.old_secret_until ? "webhook.rotate.again" : "webhook.rotate.text"), action: t("webhook.rotate"), run, refused: reason });
    if (!sure || !answer) return;
    const kept = { ...answer, secret: undefined };
    webhooks.note(row.id, kept);
    webhooks.put(kept);
    holdSecret(row.id, answer.secret);
  };
  return card(t("webhook.secret"), html`<p class="i3">${row.old_secret_until ? t("webhook.old_until", { time: moment(row.old_secret_until) }) : t("webhook.secret_text")}</p>
    <button type="button" class="btn second small" @click=${rotate}>${icon("key", 14)}${t("webhook.rotate")}</button>`);
}

class WebhookTest extends Component {
  static properties = { of: {}, found: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.of = "";
    /** @type {any} */
    this.found = null;
    this.problem = "";
    this.busy = false;
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("of")) this.found = null;
  }

  async run() {
    this.busy = true;
    this.found = null;
    this.problem = "";
    try {
      this.found = await api.post(`/webhooks/${this.of}/test`);
    } catch (error) {
      this.problem = reason(error);
    }
    this.busy = false;
  }

  render() {
    return card(t("webhook.test"), html`<p class="i3">${t("webhook.test_text")}</p>
      <button type="button" class="btn second small" ?disabled=${this.busy} @click=${this.run}>${icon("send", 14)}${t(this.busy ? "webhook.testing" : "webhook.test_run")}</button>
      <div role="status" class="test-said">${this.problem ? html`<span class="hint bad">${icon("alert", 12)}<span>${this.problem}</span></span>` : this.found ? saidBy(this.found) : nothing}</div>`);
  }
}

/** What an endpoint answered to one try. @param {any} attempt */
export function saidBy({ http_status: status, milliseconds, response, error, delivered = status >= 200 && status < 300 }) {
  return html`<div class="attempt"><span class="badge">${delivered ? html`<span class="c-green">${icon("check-circle", 14)}</span>` : html`<span class="c-red">${icon("alert", 14)}</span>`}${status ? t("webhook.answered", { status: String(status) }) : t("webhook.no_answer")}</span>
    <span class="i3 num">${t("webhook.ms", { n: number(milliseconds) })}</span></div>
    ${error && !/^answered \d+$/.test(error) ? html`<p class="i2 t12">${error}</p>` : nothing}
    ${response ? html`<pre class="answer mono" tabindex="0" aria-label=${t("webhook.response")}>${response}</pre>` : nothing}`;
}

customElements.define("webhook-test", WebhookTest);
