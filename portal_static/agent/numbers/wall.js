/** The wall: tiles on top, what falls due and how old it is at the side, people and the last weeks. */
import { html, nothing } from "../../shared/element.js";
import { age, day, number, weekdayTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { avatar } from "../../shared/parts/people.js";
import { may } from "../../shared/session.js";
import { hrefOf, router } from "../router.js";
import { ages, columns, lasting, line, within } from "./charts.js";

/** @typedef {import("./state.js").Wall} Wall */

const AGES = ["1h", "4h", "24h", "3d", "7d", "older"];

/** @param {Wall} data @param {string} team */
export function wallOf(data, team) {
  return html`${tiles(data, team)}<div class="num-grid2">
    <div class="num-stack">${weeks(data)}${people(data, team)}</div>
    <div class="num-stack">${due(data)}${old(data)}${kept(data)}</div></div>`;
}

/** Where a list of the wall's tickets is. @param {string} filter @param {string} team */
const hrefTo = (filter, team) => router.href(`/search?${new URLSearchParams({ filter: `${filter}${team ? ` team:${team}` : ""}` })}`);

/** @param {Wall} data @param {string} team */
function tiles({ active, unassigned, falls_due: [late, soon], oldest, today, usual }, team) {
  const first = today.first_response;
  return html`<div class="num-tiles">
    ${tile(t("numbers.open"), number(active), oldest ? html`${t("numbers.oldest")} <a href=${hrefOf("open", oldest.number)} title=${oldest.subject}><bdi>#${oldest.number}</bdi>, ${age(oldest.created_at)}</a>` : nothing, hrefTo("category:active", team))}
    ${tile(t("numbers.late"), number(late), nothing, hrefTo("category:active due:<=now", team), late ? "bad" : "")}
    ${tile(t("numbers.soon"), number(soon), nothing, hrefTo("category:active due:>now due:<=+1h", team), soon ? "warn" : "")}
    ${tile(t("numbers.unassigned"), number(unassigned), nothing, hrefTo("category:active assignee:none", team))}
    ${tile(t("numbers.arrived"), number(today.created), t("numbers.solved_today", { n: number(today.resolved) }))}
    ${tile(t("numbers.first"), within(first.median_within, first.count), usual.first_response.count ? t("numbers.usual", { time: within(usual.first_response.median_within, usual.first_response.count) }) : nothing)}
  </div>`;
}

/** @param {string} label @param {string} value @param {any} more @param {string} [href] @param {string} [tone] */
function tile(label, value, more, href = "", tone = "") {
  const name = tone === "bad" ? html`${icon("alert", 14)} ${label}` : tone === "warn" ? html`${icon("clock", 14)} ${label}` : label;
  return html`<section class="num-tile ${tone}"><h2>${href ? html`<a href=${href}>${name}</a>` : name}</h2><p><b class="num">${value}</b> <span class="i2">${more}</span></p></section>`;
}

/** @param {Wall} data */
function due({ falls_due: hours }) {
  const bars = hours.map((value, at) => ({ label: at === 0 ? t("numbers.due.late") : at === 1 ? t("numbers.due.soon") : t("numbers.due.hour", { n: at - 1 }), values: [value], tone: at === 0 ? "red" : at === 1 ? "amber" : "accent" }));
  return html`<section class="num-card"><h2>${t("numbers.due")} <span class="i2">${t("numbers.due.span")}</span></h2>
    ${columns({ label: t("numbers.due"), bars, tones: ["accent"], names: [t("numbers.tickets")] })}</section>`;
}

/** @param {Wall} data */
function old({ ages: rows }) {
  const [us, waiting] = ["with_us", "waiting"].map((name) => rows.reduce((sum, /** @type {any} */ row) => sum + row[name], 0));
  const bars = rows.map((row, at) => ({ label: t(`numbers.age.${AGES[at]}`), values: [row.with_us, row.waiting] }));
  return html`<section class="num-card"><h2>${t("numbers.ages")}<span class="grow"></span><span class="num-key us">${t("numbers.with_us", { n: number(us) })}</span><span class="num-key waits">${t("numbers.waiting", { n: number(waiting) })}</span></h2>
    ${ages({ label: t("numbers.ages"), bars, names: [t("numbers.with_us_name"), t("numbers.waiting_name")] })}</section>`;
}

/** @param {Wall} data */
function weeks({ days, at }) {
  const all = lastDays(at, 14).map((one) => ({ label: day(one), values: ["created", "resolved"].map((name) => days.find((row) => row.day === one)?.[name] || 0) }));
  const names = [t("numbers.arrived_name"), t("numbers.solved_name")];
  const [arrived, solved] = [0, 1].map((which) => all.reduce((sum, { values }) => sum + values[which], 0));
  return html`<section class="num-card"><h2>${t("numbers.weeks")}<span class="grow"></span><span class="num-key us">${names[0]} ${number(arrived)}</span><span class="num-key done">${names[1]} ${number(solved)}</span></h2>
    ${columns({ label: t("numbers.weeks"), bars: all, tones: ["accent", "green"], names, every: 3 })}</section>`;
}

/** @param {Wall} data */
function kept({ days, at }) {
  const shares = lastDays(at, 30).map((one) => {
    const row = days.find((each) => each.day === one);
    const [good, bad] = [row?.promises_kept || 0, row?.promises_broken || 0];
    return { day: one, share: good + bad ? Math.round((good / (good + bad)) * 100) : null };
  });
  const any = shares.some(({ share }) => share !== null);
  return html`<section class="num-card"><h2>${t("numbers.kept")} <span class="i2">${t("numbers.kept.span")}</span></h2>
    ${any ? line({ label: t("numbers.kept"), name: "%", days: shares }) : html`<p class="i3">${t("numbers.kept.none")}</p>`}</section>`;
}

/** The last days up to a moment, in UTC, oldest first. @param {string} at @param {number} count */
function lastDays(at, count) {
  return Array.from({ length: count }, (_, back) => new Date(Date.parse(at) - (count - 1 - back) * 86_400_000).toISOString().slice(0, 10));
}

/** @param {Wall} data @param {string} team */
function people({ people: all }, team) {
  const open = may("numbers:read");
  const on = all.filter((each) => each.on).length;
  return html`<section class="num-card"><h2>${t("numbers.people")} <span class="i2">${t("numbers.people.on", { n: on, all: all.length })}</span></h2>
    ${all.length ? html`<div class="num-scroll" tabindex="0" role="region" aria-label=${t("numbers.people")}><table class="num-people"><thead><tr><th scope="col">${t("numbers.agent")}</th><th scope="col">${t("numbers.now")}</th><th scope="col" class="end">${t("numbers.open")}</th><th scope="col" class="end">${t("numbers.late")}</th>
      ${open ? html`<th scope="col" class="end">${t("numbers.replies")}</th><th scope="col" class="end">${t("numbers.count.resolved")}</th><th scope="col" class="end">${t("numbers.first_short")}</th>` : nothing}</tr></thead>
      <tbody>${all.map((each) => html`<tr><th scope="row"><span class="num-who">${avatar(each.name, 24)}<span class="cut">${each.name}</span></span></th><td class="i2">${presence(each)}</td>
        <td class="end num"><a href=${hrefTo(`category:active assignee:${each.person_id}`, team)}>${number(each.active)}</a></td><td class="end num ${each.late ? "bad" : ""}">${number(each.late)}</td>
        ${open ? html`<td class="end num">${number(each.today?.replied || 0)}</td><td class="end num">${number(each.today?.resolved || 0)}</td><td class="end num">${lasting(each.today?.first_response.mean ?? null)}</td>` : nothing}</tr>`)}</tbody></table></div>`
    : html`<p class="i3">${t("numbers.nobody")}</p>`}</section>`;
}

/** @param {import("./state.js").WallPerson} person */
function presence({ on, until, away }) {
  if (on) return html`<span class="num-on">${until ? t("numbers.on_until", { time: weekdayTime(until) }) : t("numbers.on")}</span>`;
  if (away) return until ? t("numbers.away_until", { time: weekdayTime(until) }) : t("numbers.away");
  return until ? t("numbers.back", { time: weekdayTime(until) }) : t("numbers.off");
}
