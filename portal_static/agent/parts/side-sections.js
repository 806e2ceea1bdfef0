/** Sections of the side panel. */
import { html, nothing } from "../../shared/element.js";
import { day, exact, langOf, moment, nameOf } from "../../shared/format.js";
import { locale, t } from "../../shared/i18n.js";
import { statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar, hue, teamDot } from "../../shared/parts/people.js";
import { may } from "../../shared/session.js";
import { here, hrefOf, router } from "../router.js";
import { teamOf } from "../state/catalogue.js";
import { removeTag } from "../state/changes.js";
import { refreshRequester, requester } from "../state/requester.js";
import { tagMenu, teamMenu } from "./property-menus.js";

/** @typedef {import("../state/tickets.js").Ticket} Ticket */

/** @param {Ticket} ticket */
export function requesterCard({ requester: person }) {
  const name = nameOf(person);
  const more = requester.data?.person;
  return html`<section class="side-section" aria-label=${t("side.requester")}>
    <div class="row g12">
      ${avatar(name, 40)}
      <div class="grow"><div class="w6 t14 cut" dir="auto" lang=${langOf(name) ?? nothing}>${name}</div>
        ${more?.created_at ? html`<div class="t12 i3">${t("side.since", { date: day(more.created_at) })}</div>` : nothing}</div>
    </div>
    <dl class="facts">
      <dt>${t("side.mail")}</dt><dd><a class="cut" href="mailto:${person.email}">${person.email}</a></dd>
      ${(more?.emails || []).filter((/** @type {string} */ each) => each !== person.email).map((/** @type {string} */ each) => html`<dt></dt><dd class="cut i3">${each}</dd>`)}
      ${(more?.phones || []).map((/** @type {string} */ each) => html`<dt>${t("side.phone")}</dt><dd><a href="tel:${each}">${each}</a></dd>`)}
      ${(more?.handles || []).map((/** @type {string} */ each) => html`<dt>${t("side.handle")}</dt><dd class="cut">${each}</dd>`)}
      ${more?.locale ? html`<dt>${t("side.speaks")}</dt><dd>${languageName(more.locale)}</dd>` : nothing}
    </dl>
  </section>`;
}

/** The company of who asks, and what else of it is open. @param {Ticket} ticket */
export function companyCard(ticket) {
  const { company } = requester.data || {};
  if (!company) return nothing;
  const others = company.tickets.filter((/** @type {any} */ each) => each.id !== ticket.id && each.requester.id !== ticket.requester.id);
  return html`<section class="side-section" aria-label=${t("search.company")}>
    <div class="row g8"><span class="company-mark h${hue(company.name)}" aria-hidden="true">${company.name.slice(0, 2).toUpperCase()}</span><span class="w5 grow cut" dir="auto">${company.name}</span>
      <a class="t12 i3" href=${router.href(`/search?${new URLSearchParams({ filter: `company:${company.id} category:active` })}`)}>${t("side.open", { n: company.open })}${company.more ? "+" : ""}</a></div>
    ${company.domains?.length ? html`<p class="t12 i3 cut">${company.domains.join(", ")}</p>` : nothing}
    ${others.slice(0, 3).map(previousTicket)}
  </section>`;
}

/** @param {string} tag */
function languageName(tag) {
  try {
    return new Intl.DisplayNames(locale(), { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

/** @param {Ticket} ticket */
export function properties(ticket) {
  const team = teamOf(ticket.team_id);
  const write = may("tickets:write");
  const shown = team ? html`${teamDot(team.hue, team.name)}<span class="cut" dir="auto">${team.name}</span>` : html`<span class="i3">${t("ticket.no_team")}</span>`;
  return html`<section class="side-section">
    <h2 class="side-head">${t("side.properties")}</h2>
    <dl class="facts">
      <dt>${t("ticket.team")}</dt>
      <dd>${write ? html`<button class="edit" data-control="team" aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => teamMenu(event, ticket)}>${shown}<span class="grow"></span>${icon("draft", 12)}</button>` : shown}</dd>
      <dt>${t("ticket.tags")}</dt>
      <dd class="tags">${ticket.tags.map((tag) => tagChip(ticket, tag, write))}
        ${write ? html`<button class="tag add" data-control="tags" aria-label=${t("tag.add")} title=${t("tag.add")} aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => tagMenu(event, ticket)}>${icon("plus", 12)}</button>` : nothing}</dd>
    </dl>
    <desk-fields .ticket=${ticket}></desk-fields>
    <dl class="facts">
      <dt>${t("ticket.channel")}</dt><dd>${t(`channel.${ticket.channel}`)}</dd>
      <dt>${t("ticket.created")}</dt><dd><time datetime=${ticket.created_at} title=${exact(ticket.created_at)}>${moment(ticket.created_at)}</time></dd>
    </dl>
  </section>`;
}

/** @param {Ticket} ticket @param {string} tag @param {boolean} write */
function tagChip(ticket, tag, write) {
  const remove = html`<button aria-label=${t("tag.remove", { tag })} @click=${() => removeTag(ticket.id, tag)}>${icon("x", 12)}</button>`;
  return html`<span class="tag"><span class="cut" dir="auto">${tag}</span>${write ? remove : nothing}</span>`;
}

/** @param {Ticket} ticket */
export function previousTickets(ticket) {
  const { state, slow, data } = requester.value;
  const others = (data?.tickets || []).filter((each) => each.id !== ticket.id);
  return html`<section class="side-section">
    <h2 class="side-head">${t("side.previous")}${others.length ? html`<span class="side-count num">${others.length}${data?.more ? "+" : ""}</span>` : nothing}</h2>
    ${state === "failed" ? html`<p class="t12 i3">${t("side.failed")} <button class="link" @click=${refreshRequester}>${t("action.retry")}</button></p>` : nothing}
    ${slow ? html`<div class="bones view-bones" role="status" aria-label=${t("state.loading")}><span class="bone w80"></span><span class="bone w60"></span></div>` : nothing}
    ${state === "ready" && !others.length ? html`<p class="t12 i3">${t("side.first")}</p>` : nothing}
    ${others.map(previousTicket)}
  </section>`;
}

/** @param {any} ticket */
function previousTicket(ticket) {
  return html`<a class="previous" href=${hrefOf(here().view, ticket.number)}>
    ${statusIcon(ticket.status.category, 14)}<span class="said">${statusLabel(ticket.status)}</span>
    <span class="cut grow" dir="auto" lang=${langOf(ticket.subject) ?? nothing}>${ticket.subject || t("ticket.no_subject")}</span>
    <time class="t12 i3" datetime=${ticket.created_at}>${day(ticket.created_at)}</time>
  </a>`;
}
