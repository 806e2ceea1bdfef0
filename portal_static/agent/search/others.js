/** People, companies and messages that a search found, above the tickets. */
import { Component, html, nothing } from "../../shared/element.js";
import { langOf, moment, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { highlighted } from "../../shared/parts/highlight.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar } from "../../shared/parts/people.js";
import { hrefOf, router, SEARCH } from "../router.js";
import { list } from "../state/list.js";

const SHOWN = 3;

class Others extends Component {
  static properties = { all: { state: true } };

  constructor() {
    super();
    this.watches(list);
    this.all = false;
    this.of = "";
  }

  willUpdate() {
    if (list.value.q === this.of) return;
    this.of = list.value.q;
    this.all = false;
  }

  render() {
    const { others, view, q } = list.value;
    if (view !== SEARCH || !others.length) return nothing;
    const shown = this.all || list.value.kind ? others : others.slice(0, SHOWN);
    return html`<div class="found" role="list" aria-label=${t("search.others")}>
      ${shown.map((hit) => html`<div role="listitem">${LOOKS[hit.type]?.(hit, q) ?? nothing}</div>`)}
      ${shown.length < others.length ? html`<button class="link t12 found-more" @click=${() => (this.all = true)}>${t("search.more_others", { n: others.length - shown.length })}</button>` : nothing}
    </div>`;
  }
}

/** @param {string} filter */
const searchFor = (filter) => router.href(`/search?${new URLSearchParams({ filter })}`);

/** @type {Record<string, (hit: any, q: string) => any>} */
const LOOKS = {
  people: ({ person, highlights }) => {
    const name = nameOf(person);
    const field = person.kind === "agent" ? "assignee" : "requester";
    return html`<a class="found-row" href=${searchFor(`${field}:${person.id}`)}>${avatar(name, 24)}
      <span class="grow cut" dir="auto" lang=${langOf(name) ?? nothing}><span class="w5">${highlights.name ? highlighted(highlights.name) : name}</span> <span class="t12 i3">${person.name ? person.email : ""}</span></span>
      <span class="t12 i3">${t(person.kind === "agent" ? "search.colleague" : "search.customer")}</span></a>`;
  },
  companies: ({ company, highlights }) => html`<a class="found-row" href=${searchFor(`company:${company.id}`)}>${icon("users")}
      <span class="grow cut w5" dir="auto">${highlights.name ? highlighted(highlights.name) : company.name}</span><span class="t12 i3">${t("search.company")}</span></a>`,
  messages: ({ message, highlights }) => html`<a class="found-row tall" href=${hrefOf(SEARCH, message.ticket_id)}>${icon(message.kind === "note" ? "lock" : "mail")}
      <span class="grow"><span class="found-line"><span class="w5 cut" dir="auto">${message.author}</span><time class="t12 i3" datetime=${message.created_at}>${moment(message.created_at)}</time></span>
      <span class="t12 i3 cut" dir="auto">${highlighted(highlights.excerpt || "", true)}</span></span></a>`,
};

customElements.define("desk-others", Others);
