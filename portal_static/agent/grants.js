/** The programs that may act for oneself, and the end of that. */
import { api } from "../shared/api.js";
import { Component, html } from "../shared/element.js";
import { moment } from "../shared/format.js";
import { hasText, t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { failure } from "../shared/parts/states.js";
import { say } from "../shared/parts/toast.js";
import { Resource } from "../shared/resource.js";

/** @type {Resource<any[]>} */
const grants = new Resource();
const read = async () => (await api.get("/grants")).data;

class Grants extends Component {
  constructor() {
    super();
    this.watches(grants);
  }

  connectedCallback() {
    super.connectedCallback();
    grants.load(read);
  }

  render() {
    const { state, slow, data, error } = grants.value;
    if (state === "failed") return failure(error, t("me.grants_failed"), () => grants.load(read));
    if (slow && !data) return html`<div class="bones view-bones" role="status" aria-label=${t("state.loading")}><span class="bone w80"></span></div>`;
    if (data && !data.length) return html`<p class="i3">${t("me.grants_none")}</p>`;
    return html`<ul class="sessions">${(data || []).map((each) => this.grant(each))}</ul>`;
  }

  /** @param {any} each */
  grant({ id, app, scopes, last_used_at }) {
    const may = scopes.map((/** @type {string} */ one) => (hasText(`permission.${one}`) ? t(`permission.${one}`) : one));
    return html`<li class="session">${icon("key")}
      <div class="grow"><div class="cut w5" dir="auto">${app.name}</div><div class="t12 i3">${may.join(" · ")}</div><div class="t12 i3">${t("me.grant_used", { time: moment(last_used_at) })}</div></div>
      <button class="btn second small" @click=${() => this.end(id, app.name)}>${t("me.grant_end")}</button></li>`;
  }

  /** @param {string} id @param {string} name */
  async end(id, name) {
    const before = grants.data || [];
    grants.change((all) => all.filter((each) => each.id !== id));
    try {
      await api.delete(`/grants/${id}`);
      say({ text: t("me.grant_ended", { app: name }) });
    } catch (error) {
      grants.change(() => before);
      say({ bad: true, text: t("me.grant_end_failed", { reason: /** @type {Error} */ (error).message }) });
    }
  }
}

customElements.define("desk-grants", Grants);
