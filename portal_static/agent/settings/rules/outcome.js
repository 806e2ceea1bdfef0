/** What a draft of a rule would have done, drawn: the numbers, and ticket by ticket what would be another. */
import { html, nothing } from "../../../shared/element.js";
import { moment, nameOf } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { priorityName, statusLabel } from "../../../shared/parts/badges.js";
import { hrefOf } from "../../router.js";
import { agentOf, statusOf, teamOf } from "../../state/catalogue.js";
import { topics } from "../kept.js";
import { loadTable } from "../load-table.js";

/** @typedef {{number: number, subject: string, event: string, at: string, changes: Record<string, {from: any, to: any}>, replies: number, notes: number, side_conversations: number, links: {kind: string, number: number | null}[], error: string | null}} Found */
/** @typedef {{tickets_seen: number, all: boolean, judged: number, matched: number, tickets: number, changed: number, unchanged: number, failed: number, stopped: number, replies: number, side_conversations: number, links: number, found: Found[], load?: import("../load-table.js").Load[] | null, fairness?: {before: number, after: number} | null}} Answer */

const LISTED = 10;
const NUMBERS = /** @type {const} */ (["unchanged", "failed", "stopped"]);
const DONE = { replies: "rule.trial.replies", side_conversations: "rule.trial.sides", links: "rule.trial.links" };
const HIDDEN = ["category"]; // the status says it

/** @param {Answer} [answer] */
export function outcome(answer) {
  return html`<div role="status">${answer ? sum(answer) : nothing}</div>${answer ? html`${list(answer)}${loadTable(answer)}${looked(answer)}` : nothing}`;
}

/** @param {Answer} answer */
function sum(answer) {
  if (!answer.matched && !answer.stopped) return html`<p>${t("rule.trial.nothing")}</p>`;
  const more = NUMBERS.filter((name) => answer[name]);
  return html`<p class="rule-sum"><b>${t("rule.trial.sum", { n: answer.changed })}</b> ${t("rule.trial.tickets", { n: answer.tickets })}</p>
    ${Object.entries(DONE).map(([name, key]) => (answer[/** @type {keyof typeof DONE} */ (name)] ? html`<p>${t(key, { n: answer[/** @type {keyof typeof DONE} */ (name)] })}</p>` : nothing))}
    ${more.length ? html`<ul class="rule-numbers">${more.map((name) => html`<li>${t(`rule.trial.${name}`, { n: answer[name] })}</li>`)}</ul>` : nothing}`;
}

/** @param {Answer} answer */
function list({ found, changed, failed }) {
  const shown = found.slice(0, LISTED);
  const more = changed + failed - shown.length;
  if (!shown.length) return nothing;
  return html`<h3 class="trial-head">${t("rule.trial.head")}</h3><ul class="rule-found">${shown.map(one)}</ul>${more > 0 ? html`<p class="t12 i3">${t("rule.trial.more", { n: more })}</p>` : nothing}`;
}

/** @param {Found} found */
function one({ number, subject, event, at, changes, replies, notes, side_conversations, links, error }) {
  const moved = Object.entries(changes).filter(([name]) => !HIDDEN.includes(name));
  return html`<li><a class="link cut" dir="auto" href=${hrefOf("open", number)}>#${number} ${subject}</a>
    <span class="t12 i3">${t(`rule.on.${event}`)} · <time datetime=${at}>${moment(at)}</time></span>
    ${moved.map(([name, { from, to }]) => html`<span class="rule-move"><span class="i3">${t(`rule.moved.${name}`)}</span> <del>${shown(name, from)}</del> <ins>${shown(name, to)}</ins></span>`)}
    ${replies ? html`<span>${t("rule.trial.reply")}</span>` : nothing}${notes ? html`<span>${t("rule.trial.note")}</span>` : nothing}
    ${side_conversations ? html`<span>${t("rule.trial.side")}</span>` : nothing}${links.map((each) => html`<span>${each.number ? t("rule.trial.link", { number: String(each.number) }) : t("rule.trial.link_hidden")} <span class="i3">${t(`links.is.${each.kind}`)}</span></span>`)}
    ${error ? html`<span class="hint bad">${error}</span>` : nothing}</li>`;
}

/** @param {string} name @param {any} value @returns {string} */
function shown(name, value) {
  if (value === null || value === undefined || value === "" || value.length === 0) return t("rule.nothing");
  if (name === "status_id") return statusLabel(statusOf(value));
  if (name === "priority") return priorityName(value);
  if (name === "assignee_id") return nameOf(agentOf(value) || null);
  if (name === "team_id") return teamOf(value)?.name || value;
  if (name === "topic_id") return topics.of(value)?.label || value;
  if (name === "type") return t(`type.${value}`);
  if (name === "fields") return Object.entries(value).map(([id, each]) => `${id}: ${each}`).join(", ") || t("rule.nothing");
  return [value].flat().join(", ");
}

/** @param {Answer} answer */
const looked = ({ tickets_seen, judged, all }) => html`<p class="t12 i3">${t("rule.trial.looked", { n: tickets_seen, judged })}${all ? "" : ` ${t("sla.trial.not_all")}`}</p>`;
