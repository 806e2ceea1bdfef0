/** One's own page: how the desk looks, where one is signed in, the way out. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { moment, nameOf } from "../shared/format.js";
import { hasText, locale, LOCALES, t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { avatar } from "../shared/parts/people.js";
import { failure } from "../shared/parts/states.js";
import { say } from "../shared/parts/toast.js";
import { prefer, prefs } from "../shared/prefs.js";
import { Resource } from "../shared/resource.js";
import { may, session, signOut } from "../shared/session.js";
import { router } from "./router.js";
import { need } from "./state/parts.js";
import "./grants.js";
import "./me-availability.js";
import "./me-signature.js";

/** @type {Resource<any[]>} */
const sessions = new Resource();

/** This one first, then the newest. */
async function read() {
  /** @type {any[]} */
  const all = (await api.get("/sessions")).data;
  return all.sort((a, b) => Number(b.current) - Number(a.current) || b.created_at.localeCompare(a.created_at));
}

class Me extends Component {
  constructor() {
    super();
    this.watches(session, prefs, sessions);
  }

  connectedCallback() {
    super.connectedCallback();
    sessions.load(read);
    need("wishes");
    document.title = t("me.title");
  }

  firstUpdated() {
    if (router.parts[1] === "notifications") this.querySelector("#notifications")?.scrollIntoView();
  }

  render() {
    const { me } = session.value;
    return html`<main class="page" id="main" tabindex="-1"><div class="page-inner">
      <header class="row g12">${avatar(nameOf(me), 40)}
        <div class="grow"><h1 class="t16 cut" dir="auto">${nameOf(me)}</h1><p class="i3 cut">${[me?.email, ownRole(me?.role)].filter(Boolean).join(" · ")}</p></div>
        <button class="btn second" @click=${signOut}>${t("me.sign_out")}</button></header>
      ${me?.kind === "agent" && may("people:read") ? html`<section><h2 class="side-head">${t("available.title")}</h2><me-availability></me-availability></section>` : nothing}
      <section><h2 class="side-head">${t("me.looks")}</h2>
        ${this.choice("theme", ["system", "light", "dark"], prefs.value.theme, (theme) => prefer({ theme }))}
        ${this.choice("density", ["comfortable", "compact"], prefs.value.density, (density) => prefer({ density }))}
        ${this.choice("language", LOCALES, locale(), (language) => { prefer({ language }); location.reload(); })}
      </section>
      ${may("tickets:write") && may("people:write") && me?.kind === "agent" ? html`<section class="me-signature"><h2 class="side-head">${t("me.signature")}</h2><me-signature></me-signature></section>` : nothing}
      ${may("tickets:read") && me?.kind === "agent" ? html`<section id="notifications"><h2 class="side-head">${t("wishes.title")}</h2><me-notices></me-notices></section>` : nothing}
      <section><h2 class="side-head">${t("me.sessions")}</h2>${this.sessions()}</section>
      <section><h2 class="side-head">${t("me.grants")}</h2><desk-grants></desk-grants></section>
    </div></main>`;
  }

  /** @param {string} name @param {string[]} options @param {string} chosen @param {(option: any) => void} choose */
  choice(name, options, chosen, choose) {
    return html`<div class="setting"><span id="me-${name}">${t(`me.${name}`)}</span>
      <div class="segments" role="radiogroup" aria-labelledby="me-${name}">
        ${options.map((option) => html`<button role="radio" aria-checked=${String(option === chosen)} @click=${() => choose(option)}>${t(`me.${name}.${option}`)}</button>`)}
      </div></div>`;
  }

  sessions() {
    const { state, slow, data, error } = sessions.value;
    if (state === "failed") return failure(error, t("me.sessions_failed"), () => sessions.load(read));
    if (slow && !data) return html`<div class="bones view-bones" role="status" aria-label=${t("state.loading")}><span class="bone w80"></span><span class="bone w60"></span></div>`;
    return html`<ul class="sessions">${(data || []).map((each) => this.session(each))}</ul>`;
  }

  /** @param {any} each */
  session({ id, user_agent, ip, created_at, current }) {
    return html`<li class="session">
      ${icon(/Mobile|Android|iPhone/.test(user_agent) ? "mobile" : "globe")}
      <div class="grow"><div class="cut w5">${device(user_agent)}</div><div class="t12 i3"><bdi>${ip}</bdi> · ${t("me.session_since", { time: moment(created_at) })}</div></div>
      ${current ? html`<span class="tag large">${t("me.this_session")}</span>` : html`<button class="btn second small" @click=${() => this.revoke(id)}>${t("me.revoke")}</button>`}
    </li>`;
  }

  /** @param {string} id */
  async revoke(id) {
    const before = sessions.data || [];
    sessions.change((all) => all.filter((each) => each.id !== id));
    try {
      await api.delete(`/sessions/${id}`);
    } catch (error) {
      sessions.change(() => before);
      say({ bad: true, text: t("me.revoke_failed", { reason: /** @type {Error} */ (error).message }) });
    }
  }
}

/** The name of a role that every desk has. @param {string | undefined} role */
const ownRole = (role) => (hasText(`role.${role}`) ? t(`role.${role}`) : "");

/** Browser and system, as far as the user agent tells. @param {string} agent */
function device(agent) {
  const browser = [["Edg", "Edge"], ["OPR", "Opera"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]].find(([sign]) => agent?.includes(sign))?.[1];
  const system = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Windows", "Windows"], ["Mac OS", "macOS"], ["Linux", "Linux"]].find(([sign]) => agent?.includes(sign))?.[1];
  return [browser, system].filter(Boolean).join(", ") || agent || t("me.unknown_device");
}

customElements.define("desk-me", Me);
