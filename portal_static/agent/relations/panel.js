/** In the side panel: who takes part, and the tickets that this one is linked with. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { avatar } from "../../shared/parts/people.js";
import { say } from "../../shared/parts/toast.js";
import { Resource } from "../../shared/resource.js";
import { may, session } from "../../shared/session.js";
import { here, hrefOf } from "../router.js";
import { assignable } from "../state/catalogue.js";
import { refreshConversation } from "../state/conversation.js";
import { keep } from "../state/tickets.js";
import { openDialog } from "../state/ui.js";
import { offerUndo } from "../state/undo.js";
import "./sides.js";

export const KINDS = ["parent", "child", "problem", "incident", "duplicate_of", "duplicate", "related"];

/** @type {Resource<{id: string, version: number, people: any[], links: any[]}>} */
const relations = new Resource();

class Relations extends Component {
  static properties = { ticket: {}, adding: { state: true } };

  constructor() {
    super();
    this.watches(relations);
    /** @type {any} */
    this.ticket = null;
    this.adding = false;
  }

  updated() {
    const { id, version } = this.ticket;
    if (relations.data?.id === id && relations.data?.version === version) return;
    if (this.asked === `${id}.${version}`) return;
    this.asked = `${id}.${version}`;
    const read = () => this.read(id, version);
    relations.data?.id === id ? relations.refresh(read) : relations.load(read);
  }

  /** @param {string} id @param {number} version */
  async read(id, version) {
    const [people, links] = await Promise.all([api.get(`/tickets/${id}/participants`), api.get(`/tickets/${id}/links`, { limit: 100 })]);
    return { id, version, people: people.data, links: links.data };
  }

  /** Do something to the ticket and show what it is then. @param {() => Promise<any>} act @param {string} [done] said with an undo */
  async act(act, done) {
    const { id, version, number } = this.ticket;
    try {
      await act();
      const ticket = await api.get(`/tickets/${id}`);
      keep([ticket]);
      if (done && ticket.version !== version) offerUndo(`${done} · #${number}`, id, ticket.version);
      await refreshConversation();
    } catch (error) {
      const { status, errors, detail } = /** @type {any} */ (error);
      say({ bad: true, text: errors?.[0]?.message || (status ? detail : t("change.offline")) });
    }
  }

  /** @param {any} one */
  removePerson(one) {
    this.act(() => api.delete(`/tickets/${this.ticket.id}/participants/${encodeURIComponent(one.id)}`), t("people.removed", { name: nameOf(one) }));
  }

  get following() {
    return (this.ticket.followers || []).includes(session.value.me?.id || "");
  }

  follow() {
    const me = session.value.me?.id;
    const path = `/tickets/${this.ticket.id}/participants`;
    if (this.following) return this.act(() => api.delete(`${path}/follower:${me}`), t("people.unfollowed"));
    return this.act(() => api.post(path, { role: "follower" }), t("people.followed"));
  }

  /** @param {Event} event */
  add(event) {
    const followers = this.ticket.followers || [];
    const colleagues = assignable().filter((person) => !followers.includes(person.id) && person.id !== session.value.me?.id);
    const items = [
      { label: t("people.add_cc"), icon: icon("mail"), run: () => this.ask() },
      ...colleagues.map((person, at) => ({ label: nameOf(person), head: at ? undefined : t("people.follower"), icon: avatar(nameOf(person), 20), run: () => this.act(() => api.post(`/tickets/${this.ticket.id}/participants`, { role: "follower", person_id: person.id }), t("people.added", { name: nameOf(person) })) })),
    ];
    openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("people.add"), items, search: colleagues.length > 5 });
  }

  async ask() {
    this.adding = true;
    await this.updateComplete;
    this.querySelector("input")?.focus();
  }

  /** @param {Event} event */
  addCopy(event) {
    const email = /** @type {HTMLInputElement} */ (event.target).value.trim();
    this.adding = false;
    if (email) this.act(() => api.post(`/tickets/${this.ticket.id}/participants`, { role: "cc", email }), t("people.added", { name: email }));
  }

  render() {
    const data = relations.data?.id === this.ticket?.id ? relations.data : null;
    const write = may("tickets:write");
    return html`<section class="side-section" aria-label=${t("people.title")}>
        <h2 class="side-head">${t("people.title")}<span class="grow"></span>
          ${write ? html`<button class="btn ghost tiny" aria-pressed=${String(this.following)} @click=${this.follow}>${icon("eye", 14)}${t(this.following ? "people.unfollow" : "people.follow")}</button>
            <button class="btn ghost square tiny" aria-label=${t("people.add")} title=${t("people.add")} aria-haspopup="menu" aria-expanded="false" @click=${this.add}>${icon("plus", 14)}</button>` : nothing}</h2>
        ${(data?.people || []).map((one) => this.person(one, write))}
        ${this.adding ? html`<input class="input" type="email" aria-label=${t("people.add_cc")} placeholder="name@example.com" @blur=${this.addCopy} @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && /** @type {HTMLElement} */ (event.target).blur()} />` : nothing}
      </section>
      <section class="side-section" aria-label=${t("links.title")}>
        <h2 class="side-head">${t("links.title")}<span class="grow"></span>
          ${write ? html`<button class="btn ghost square tiny" aria-label=${t("links.add")} title=${t("links.add")} @click=${() => openDialog("link", this.ticket)}>${icon("plus", 14)}</button>` : nothing}</h2>
        ${data && !data.links.length && !this.ticket.merged_from?.length ? html`<p class="t12 i3">${t("links.none")}</p>` : nothing}
        ${KINDS.map((kind) => this.group(kind, (data?.links || []).filter((link) => link.kind === kind), write))}
        ${this.ticket.merged_from?.length ? html`<p class="t12 i3">${t("links.merged_from", { n: this.ticket.merged_from.length })} ${this.ticket.merged_from.map((/** @type {string} */ id) => html`<a class="link" href=${hrefOf(here().view, id)}>${t("links.open")}</a> `)}</p>` : nothing}
      </section>
      <desk-sides .ticket=${this.ticket}></desk-sides>`;
  }

  /** @param {any} one @param {boolean} write */
  person(one, write) {
    const name = nameOf(one);
    const removable = write && (one.role === "cc" || one.role === "follower");
    return html`<div class="part-row">${avatar(name, 18)}<span class="cut grow" dir="auto" title=${one.email || ""}>${one.person_id === session.value.me?.id ? t("person.you") : name}</span><span class="t12 i3">${t(`people.role.${one.role}`)}</span>
      ${removable ? html`<button class="btn ghost square tiny" aria-label=${t("people.remove", { name })} @click=${() => this.removePerson(one)}>${icon("x", 12)}</button>` : nothing}</div>`;
  }

  /** @param {string} kind @param {any[]} links @param {boolean} write */
  group(kind, links, write) {
    if (!links.length) return nothing;
    return html`<h3 class="t12 i3 part-kind">${t(`links.kind.${kind}`)}</h3>
      ${links.map(({ ticket }) => html`<div class="part-row"><a class="previous grow" href=${hrefOf(here().view, ticket.number)}>${statusIcon(ticket.status.category, 14)}<span class="said">${statusLabel(ticket.status)}</span>
        <bdi class="num i3 t12">#${ticket.number}</bdi><span class="cut grow" dir="auto">${ticket.subject}</span></a>
        ${write ? html`<button class="btn ghost square tiny" aria-label=${t("links.remove", { number: String(ticket.number) })} @click=${() => this.act(() => api.delete(`/tickets/${this.ticket.id}/links/${kind}/${ticket.id}`), t("links.removed", { number: String(ticket.number) }))}>${icon("x", 12)}</button>` : nothing}</div>`)}`;
  }
}

customElements.define("desk-relations", Relations);
