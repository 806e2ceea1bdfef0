/** The DNS records of each domain, to copy, with what SES knows of them; above, what the account may send. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, messageBones, paneState } from "../../shared/parts/states.js";
import { say } from "../../shared/parts/toast.js";
import { Resource } from "../../shared/resource.js";
import { router } from "../router.js";
import { sectionTitle } from "./registry.js";

/** @type {Resource<any>} */
const known = new Resource();
const SIGN = { verified: ["check-circle", "good"], success: ["check-circle", "good"], pending: ["clock", "care"], temporary_failure: ["clock", "care"], not_started: ["clock", "care"], failed: ["alert", "bad"], unknown: ["alert", "bad"] };

const RECORD = { found: "good", missing: "bad", unchecked: "" };

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say({ text: t("more.copied") });
  } catch {
    say({ bad: true, text: t("secret.not_copied") });
  }
}

class MailDomains extends Component {
  constructor() {
    super();
    this.watches(known);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  load() {
    known.load(() => api.get("/mail-domains"));
  }

  render() {
    return html`<section class="set-whole" aria-label=${sectionTitle("domains")}>
      <header class="set-head"><a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut" tabindex="-1">${sectionTitle("domains")}</h1><span class="grow"></span>
        <button class="btn second small" @click=${this.load}>${icon("refresh", 14)}${t("domains.again")}</button></header>
      <div class="set-body domains">${this.content()}</div></section>`;
  }

  content() {
    const { state, slow, error, data } = known.value;
    if (state === "failed") return failure(error, t("domains.failed"), () => this.load());
    if (!data) return slow ? messageBones() : nothing;
    if (!data.domains.length) return paneState({ icon: "globe", title: t("settings.domains.empty"), text: t("settings.domains.about") });
    return html`<p class="i2">${t("settings.domains.about")}</p>${sending(data)}${data.domains.map(domain)}`;
  }
}

/** What the account may send. @param {any} data */
function sending({ region, sending: { production, enabled, per_day, per_second, sent_last_day } }) {
  const look = !enabled ? "bad" : production ? "good" : "care";
  return html`<div class="alert ${look}" role="status">${icon(look === "good" ? "check-circle" : "alert")}<div class="grow">
    <p><b>${t(!enabled ? "domains.paused" : production ? "domains.production" : "domains.sandbox", { region })}</b>${production || !enabled ? nothing : html` ${t("domains.sandbox_text")}`}</p>
    ${per_day === null ? nothing : html`<p class="i2">${t("domains.quota", { sent: number(sent_last_day || 0), day: number(per_day), second: number(per_second || 0) })}</p>`}</div></div>`;
}

/** @param {any} it */
function domain(it) {
  const [name, look] = SIGN[/** @type {keyof typeof SIGN} */ (it.identity)];
  return html`<section class="domain" aria-labelledby="domain-${it.domain}"><h2 class="form-head row g8" id="domain-${it.domain}"><bdi>${it.domain}</bdi><span class="grow"></span></h2>
    <p class="i3"><bdi>${it.addresses.join(", ")}</bdi></p>
    <div class="alert ${look}">${icon(name)}<span>${t(`domains.identity.${it.identity}`)}</span></div>
    <ul class="signs"><li>${sign(it.dkim)}<span>${t("domains.dkim")}: ${t(`domains.state.${it.dkim}`)}</span></li>
      <li>${sign(it.mail_from.state)}<span>${t("domains.mail_from")} <bdi>${it.mail_from.domain}</bdi>: ${t(`domains.state.${it.mail_from.state}`)}</span></li></ul>
    <ul class="dns">${it.records.map(record)}</ul></section>`;
}

/** @param {string} state */
function sign(state) {
  const [name, look] = SIGN[/** @type {keyof typeof SIGN} */ (state)];
  return html`<span class=${look === "good" ? "c-green" : look === "bad" ? "c-red" : "c-amber"}>${icon(name, 14)}</span>`;
}

/** @param {any} it */
function record({ purpose, type, name, value, state }) {
  return html`<li class="dns-record"><div class="row g8"><span class="tag">${type}</span><span class="grow i2">${t(`domains.purpose.${purpose}`)}</span><span class="tag ${RECORD[/** @type {keyof typeof RECORD} */ (state)]}">${t(`domains.record.${state}`)}</span></div>
    ${[[t("domains.name"), name], [t("domains.value"), value]].map(([label, text]) => html`<div class="dns-line"><span class="t12 i3">${label}</span><code class="mono">${text}</code>
      <button type="button" class="btn ghost square tiny" aria-label=${t("domains.copy", { what: label, of: `${type} ${name}` })} title=${t("secret.copy")} @click=${() => copy(text)}>${icon("copy", 12)}</button></div>`)}</li>`;
}

customElements.define("mail-domains", MailDomains);
