/** One entry of the audit trail: who, what, to what, and what changed from what to what. */
import { html, nothing } from "../../shared/element.js";
import { clock, day, exact } from "../../shared/format.js";
import { hasText, pieces, t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar, machine } from "../../shared/parts/people.js";
import { router } from "../router.js";
import { actorName, isKnown, ownName, resourceName, valueName } from "./names.js";
import { hrefTo } from "./place.js";
import { fieldName } from "./plain.js";

/** @type {Record<string, string>} */
const SECTIONS = { team: "teams", role: "roles", api_key: "keys", oauth_app: "apps", closing_rule: "closing", calendar: "calendars", sla_policy: "sla", rule: "rules", notification_policy: "notices", person: "colleagues" };
const INNER = /^(position|number|idle|emails|snippet|message_count|last_message|category|has_attachments|digest|requester_email|(created|updated|status_changed|first_response|solved|closed|last_used)_at)$/; // follows from the rest
const LONG = 240; // characters of a value that are shown

/** Today, yesterday, else the date. @param {string} iso */
export function dayName(iso) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const at = Date.parse(iso);
  if (at >= midnight) return t("audit.today");
  return at >= midnight - 86_400_000 ? t("audit.yesterday") : day(iso);
}

/** @param {any} entry */
export function entryRow(entry) {
  const who = actorName(entry.actor);
  const face = entry.actor.type === "agent" || entry.actor.type === "contact" ? avatar(ownName(entry.actor), 24) : machine(24);
  const said = { who: html`<b dir="auto">${who}</b>`, what: thing(entry) };
  const line = hasText(`audit.did.${entry.action}`) ? pieces(`audit.did.${entry.action}`, said) : pieces("audit.did", { ...said, action: html`<code class="mono">${entry.action}</code>` });
  return html`<li class="log-row">${face}
    <div class="grow"><div class="log-line">${line}</div>${changes(entry.changes || {})}</div>
    <div class="log-when">${entry.actor.ip ? html`<bdi class="log-ip num">${entry.actor.ip}</bdi>` : nothing}<time datetime=${entry.timestamp} title=${exact(entry.timestamp)}>${clock(entry.timestamp)}</time></div></li>`;
}

/** @param {any} entry */
function thing({ resource, changes: { name: named, label } = {} }) {
  const { to, from } = named || label || {};
  const name = resourceName(resource, to || from);
  if (resource.type === "ticket") return html`<a href=${router.href(`/tickets/${resource.id}`)}>${name}</a>`;
  const section = SECTIONS[resource.type];
  return section && isKnown(resource) ? html`<a href=${hrefTo(section, resource.id)}>${name}</a>` : name;
}

/** @param {Record<string, {from: any, to: any}>} changed */
function changes(changed) {
  const all = Object.entries(changed).filter(([name, { from, to }]) => !INNER.test(name) && !(isBlank(from) && isBlank(to)));
  if (!all.length) return nothing;
  return html`<dl class="log-changes">${all.map(([name, { from, to }]) => html`<div><dt>${fieldName(name)}</dt><dd>${fromTo(name, from, to)}</dd></div>`)}</dl>`;
}

/** Nothing was there, or nothing is. @param {any} value */
const isBlank = (value) => value === 0 || value === false || valueName("", value) === t("plain.nothing");

/** @param {string} name @param {any} from @param {any} to */
function fromTo(name, from, to) {
  if (Array.isArray(from) && Array.isArray(to)) return addedAndGone(name, from, to);
  if (isBlank(from) && from !== false) return html`<span dir="auto">${short(valueName(name, to))}</span>`;
  if (isBlank(to) && to !== false) return html`<del dir="auto">${short(valueName(name, from))}</del>`;
  return html`<del dir="auto">${short(valueName(name, from))}</del>${icon("arrow", 12)}<span class="said">${t("audit.becomes")}</span><ins dir="auto">${short(valueName(name, to))}</ins>`;
}

/** @param {string} name @param {any[]} from @param {any[]} to */
function addedAndGone(name, from, to) {
  const has = (/** @type {any[]} */ list, /** @type {any} */ one) => list.some((each) => JSON.stringify(each) === JSON.stringify(one));
  const added = to.filter((each) => !has(from, each));
  const gone = from.filter((each) => !has(to, each));
  return html`${added.length ? html`<ins><span aria-hidden="true">+ </span><span class="said">${t("audit.added")}</span>${valueName(name, added)}</ins>` : nothing}
    ${gone.length ? html`<del><span class="said">${t("audit.gone")}</span>${valueName(name, gone)}</del>` : nothing}`;
}

/** @param {string} text */
const short = (text) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
