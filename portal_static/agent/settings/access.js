/** Why may this colleague or key see that ticket: the answer of the very rule that decides it. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { hasText, t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, messageBones, paneState } from "../../shared/parts/states.js";
import { Resource } from "../../shared/resource.js";
import { may, session } from "../../shared/session.js";
import { router } from "../router.js";
import { catalogue } from "../state/catalogue.js";
import { keys, roles } from "./kept.js";
import { meaning, roleName } from "./people.js";
import { hrefTo, pathTo } from "./place.js";
import { sectionTitle } from "./registry.js";

/** @type {Resource<any>} */
const answer = new Resource();

class Access extends Component {
  constructor() {
    super();
    this.watches(answer, router, catalogue, roles, keys, session);
    this.asked = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.asked = "";
    answer.reset();
    if (roles.value.state === "idle") roles.open();
    if (keys.value.state === "idle" && may("keys:write")) keys.open();
  }

  willUpdate() {
    const { actor, ticket } = this.question;
    const asked = actor && ticket ? `${actor} ${ticket}` : "";
    if (asked === this.asked) return;
    this.asked = asked;
    if (asked) this.load();
    else answer.reset();
  }

  get question() {
    return { actor: router.query.get("actor") || "", ticket: (router.query.get("ticket") || "").replace(/^#/, "") };
  }

  load() {
    answer.load(() => api.get("/access", this.question));
  }

  /** @param {Record<string, string>} change */
  go(change) {
    router.go(pathTo("access", "", { ...this.question, ...change }), { replace: true });
  }

  render() {
    const { actor, ticket } = this.question;
    const people = catalogue.value.staff.map((person) => ({ id: person.id, label: nameOf(person) }));
    const programs = (keys.data || []).map((key) => ({ id: key.id, label: t("audit.key", { name: key.name }) }));
    return html`<section class="set-whole" aria-label=${sectionTitle("access")}>
      <header class="set-head"><a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut" tabindex="-1">${sectionTitle("access")}</h1></header>
      <div class="set-body"><div class="set-form">
        <form class="two" @submit=${(/** @type {any} */ event) => { event.preventDefault(); this.go({ ticket: event.target.elements.ticket.value.trim() }); }}>
          <div class="field"><label class="label" for="access-actor">${t("access.who")}</label>
            <select class="input" id="access-actor" @change=${(/** @type {any} */ event) => this.go({ actor: event.target.value })}>
              <option value="" .selected=${!actor}>${t("access.choose")}</option>
              ${[...people, ...programs].map(({ id, label }) => html`<option value=${id} .selected=${id === actor}>${label}</option>`)}</select></div>
          <div class="field"><label class="label" for="access-ticket">${t("access.ticket")}</label>
            <div class="row g8"><input class="input" id="access-ticket" name="ticket" inputmode="numeric" autocomplete="off" placeholder="#48213" .value=${ticket} /><button class="btn second">${t("access.ask")}</button></div></div>
        </form>
        ${this.answer()}
      </div></div></section>`;
  }

  answer() {
    const { state, slow, error, data } = answer.value;
    if (!this.asked) return paneState({ icon: "eye", title: t("settings.access.empty"), text: t("settings.access.about") });
    if (state === "failed" && error.status === 404) return paneState({ icon: "search", title: t("access.unknown"), text: error.detail });
    if (state === "failed") return failure(error, t("access.failed"), () => this.load());
    if (!data) return slow ? messageBones() : nothing;
    const name = data.actor.name || data.actor.id;
    const ticket = html`<a href=${router.href(`/tickets/${data.ticket_id}`)}>${t("access.this_ticket")}</a>`;
    return html`<div class="alert ${data.may_see ? "good" : "bad"}" role="status">${icon(data.may_see ? "check-circle" : "lock")}<b dir="auto">${data.may_see ? t("access.yes", { name }) : t("access.no", { name })}</b></div>
      <section><h2 class="side-head">${t("access.because")}</h2><ul class="reasons">${data.reasons.map(reason)}</ul></section>
      <section><h2 class="side-head">${t("access.then")}</h2>
        ${data.actor.role ? html`<a href=${hrefTo("roles", data.actor.role)}>${roleName(/** @type {any} */ (roles.of(data.actor.role)), data.actor.role)}</a>` : nothing}
        ${data.permissions.length ? html`<ul class="bullets">${data.permissions.map((/** @type {string} */ each) => html`<li>${meaning(each)}</li>`)}</ul>` : html`<p class="i2">${t("plain.nothing")}</p>`}</section>
      <p>${ticket}</p>`;
  }
}

/** @param {{reason: string, holds: boolean, because: string}} each */
function reason({ reason: name, holds, because }) {
  const words = hasText(`access.reason.${name}`) ? t(`access.reason.${name}`) : because;
  return html`<li class="reason" data-holds=${String(holds)}>${icon(holds ? "check" : "x", 14)}<span class="said">${holds ? t("plain.yes") : t("plain.no")}: </span><span>${words}</span></li>`;
}

customElements.define("settings-access", Access);
