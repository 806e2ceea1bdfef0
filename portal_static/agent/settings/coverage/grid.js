/** The grid of a week: a row for how many are on, and one for each person. */
import { html, nothing } from "../../../shared/element.js";
import { list } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { avatar } from "../../../shared/parts/people.js";
import { bounds, drafted, parts } from "./blocks.js";
import { addDays, stretch, today, wall, written } from "./days.js";
import { asked, draft } from "./state.js";
import { planned } from "./planned.js";

/** @typedef {import("./blocks.js").Block} Block */
/** @typedef {{from: number, until: number}} Bounds */
/** What can be done with it; nothing for those who only read. @typedef {{grab: (event: PointerEvent, block: Block) => void, begin: (event: PointerEvent, person: string, day: string) => void, press: (event: KeyboardEvent, block: Block) => void, leave: () => void, open: (block: Block) => void} | null} Acts */

/** Where a time stands in its day, in per cent. @param {{from: number, until: number}} of @param {Bounds} within */
export const placed = ({ from, until }, within) => {
  const share = (/** @type {number} */ minutes) => `${((100 * minutes) / (within.until - within.from)).toFixed(3)}%`;
  return `--from:${share(from - within.from)};--size:${share(until - from)}`;
};

/** @param {import("./state.js").Week} data @param {Acts} acts */
export function grid(data, acts) {
  const { zone } = data;
  const from = wall(data.from, zone).day;
  const chosen = asked().day;
  const days = Array.from({ length: 7 }, (_, at) => addDays(from, at));
  const rows = drafted(data.people, draft.value).map((person) => ({ person, spans: person.spans.flatMap((each) => parts(each, zone)), leaves: person.leaves.flatMap((each) => parts(each, zone)) }));
  const bare = data.uncovered.flatMap((each) => parts(each, zone));
  const within = bounds([...rows.flatMap(({ spans }) => spans), ...bare]);
  const busy = (/** @type {any} */ row) => Number(row.spans.length + row.leaves.length > 0);
  rows.sort((one, other) => busy(other) - busy(one));
  return html`<table class="cov" ?data-write=${Boolean(acts)}>
    <caption class="said">${t("coverage.caption")}</caption>
    <thead><tr><th scope="col" class="cov-who i3">${t("coverage.people")}</th>${days.map((day) => head(day, day === chosen, day === today(zone), within))}</tr></thead>
    <tbody>${planned(rows.flatMap(({ spans }) => spans), bare, days, chosen, within)}
      ${rows.map((row) => line(row, days, chosen, within, acts))}</tbody></table>`;
}

/** @param {string} day @param {boolean} chosen @param {boolean} now @param {Bounds} within */
function head(day, chosen, now, within) {
  const hours = [within.from, (within.from + within.until) / 2, within.until].map((minute) => String(Math.round(minute / 60)).padStart(2, "0"));
  return html`<th scope="col" class="cov-day" ?data-other=${!chosen} ?data-today=${now}><span class="row g8"><span>${`${written(day, { weekday: "short" })} ${written(day, { day: "numeric" })}`}</span>${now ? html`<span class="cov-now">${t("coverage.today")}</span>` : nothing}</span>
    <span class="cov-ticks num i3" aria-hidden="true">${hours.map((hour) => html`<span>${hour}</span>`)}</span></th>`;
}

/** @param {{person: import("./state.js").Person, spans: Block[], leaves: Block[]}} row @param {string[]} days @param {string} chosen @param {Bounds} within @param {Acts} acts */
function line({ person, spans, leaves }, days, chosen, within, acts) {
  return html`<tr><th scope="row" class="cov-who"><span class="cov-name">${avatar(person.name, 24)}<span class="cut" dir="auto">${person.name}</span></span></th>
    ${days.map((day) => {
      const [on, off] = [spans, leaves].map((all) => all.filter((each) => each.day === day));
      const drawn = newest(person.person_id, day);
      return html`<td class="cov-cell" ?data-other=${day !== chosen} ?data-empty=${!on.length && !off.length && !drawn} @pointerdown=${acts ? (/** @type {PointerEvent} */ event) => acts.begin(event, person.person_id, day) : nothing}>
        <div class="cov-lane">${off.map((each) => away(each, person, within, acts))}${on.map((each) => shift(each, person, within, acts))}${drawn ? html`<span class="cov-block cov-draft num" .style=${placed(drawn, within)}>${timed(drawn)}</span>` : nothing}</div></td>`;
    })}</tr>`;
}

/** What is being drawn there. @param {string} person @param {string} day */
function newest(person, day) {
  const now = draft.value;
  return now && "day" in now && now.person_id === person && now.day === day ? now : null;
}

/** When something begins and ends, in two pieces where there is no room for one. @param {{from: number, until: number}} of */
function timed({ from, until }) {
  const [start, end] = stretch(from, until).split("–");
  return html`<span class="cov-time" ?data-long=${`${start}${end}`.includes(":")}><span>${start}–</span><wbr /><span>${end}</span></span>`;
}

/** @param {Block} block @param {import("./state.js").Person} person @param {Bounds} within @param {Acts} acts */
function shift(block, person, within, acts) {
  const time = stretch(block.from, block.until);
  const about = t("coverage.block", { name: person.name, day: written(block.day, { weekday: "long", day: "numeric", month: "long" }), time });
  const style = placed(block, within);
  if (!acts) return html`<span class="cov-block num" role="img" aria-label=${about} title=${time} .style=${style}>${timed(block)}</span>`;
  return html`<button type="button" class="cov-block num" aria-label=${about} aria-describedby="coverage-keys" title=${time} .style=${style} ?data-moving=${Boolean(block.of.was)}
    @pointerdown=${(/** @type {PointerEvent} */ event) => acts.grab(event, block)} @keydown=${(/** @type {KeyboardEvent} */ event) => acts.press(event, block)} @blur=${acts.leave} @click=${() => acts.open(block)}>
    ${block.first ? html`<span class="cov-edge" data-edge="start"></span>` : nothing}${timed(block)}${block.last ? html`<span class="cov-edge" data-edge="end"></span>` : nothing}</button>`;
}

/** @param {Block} block @param {import("./state.js").Person} person @param {Bounds} within @param {Acts} acts */
function away(block, person, within, acts) {
  const whole = { from: Math.max(block.from, within.from), until: Math.min(block.until, within.until) };
  if (whole.until <= whole.from) return nothing;
  const word = t(`coverage.reason.${block.of.reason}`);
  const about = t("coverage.away", { name: person.name, day: written(block.day, { weekday: "long", day: "numeric", month: "long" }), reason: word });
  const style = placed(whole, within);
  if (!acts) return html`<span class="cov-block cov-leave" role="img" aria-label=${about} title=${word} .style=${style}><span class="cov-word"><span>${word}</span></span></span>`;
  return html`<button type="button" class="cov-block cov-leave" aria-label=${about} title=${word} .style=${style} @pointerdown=${(/** @type {Event} */ event) => event.stopPropagation()} @click=${() => acts.open(block)}><span class="cov-word"><span>${word}</span></span></button>`;
}

/** One day at a time where there is no room for seven. */
export function dayTabs(/** @type {(day: string) => void} */ choose) {
  const { from, zone, day: chosen } = asked();
  const days = Array.from({ length: 7 }, (_, at) => addDays(from, at));
  return html`<div class="cov-tabs" role="group" aria-label=${t("coverage.days")}>${days.map((day) => html`<button type="button" aria-pressed=${String(day === chosen)} ?data-today=${day === today(zone)} @click=${() => choose(day)}>
    <span class="t12">${written(day, { weekday: "short" })}</span><span class="num w5">${written(day, { day: "numeric" })}</span></button>`)}</div>`;
}

/** The times at which nobody is on, in words; days with the same ones together. @param {import("./state.js").Week} data */
export function bareList(data) {
  const { zone } = data;
  /** @type {Map<string, string[]>} */
  const times = new Map();
  for (const { day, from, until } of data.uncovered.flatMap((each) => parts(each, zone))) times.set(stretch(from, until), [...(times.get(stretch(from, until)) || []), day]);
  if (!times.size) return nothing;
  const name = (/** @type {string[]} */ days) => list(days.map((day) => written(day, { weekday: "long" })));
  return html`<section class="cov-bare-list" aria-label=${t("coverage.uncovered")}><ul>${[...times].map(([time, days]) => html`<li>${icon("alert", 14)}<span>${t("coverage.nobody_on", { day: name(days), time })}</span></li>`)}</ul></section>`;
}
