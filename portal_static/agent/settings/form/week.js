/** A week to draw hours into: by pointer, or by keyboard on each block. Hours over midnight go on in the next day. */
import { Component, html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { clashing, DAY, dayAfter, DAYS, minutesOf, pairOf, spanOf, STEP, weekWith } from "../hours.js";
import { WeekDrag } from "./week-drag.js";
import { nudged } from "./week-moves.js";

/** @typedef {import("./week-moves.js").Block} Block */
/** @typedef {import("./week-drag.js").Place} Place */
/** @typedef {import("../hours.js").Pair} Pair */
/** @typedef {{block: Block, at: number, clash: boolean, from: number, to: number, first: boolean, last: boolean}} Piece what of a block lies on one day */

const MARKS = [0, 3, 6, 9, 12, 15, 18, 21, 24];
const EARLIER = ["ArrowUp", "ArrowLeft"];
const LATER = ["ArrowDown", "ArrowRight"];

/** 9–12:30, as short as it can be said. @param {Pair} pair */
const short = (pair) => pair.map((time) => time.replace(/^0(?=\d)/, "").replace(":00", "")).join("–");

class SettingsWeek extends Component {
  static properties = { form: { attribute: false }, name: {}, held: { attribute: false }, moving: { state: true }, said: { state: true } };

  constructor() {
    super();
    /** @type {import("../form.js").Form} */
    this.form = /** @type {any} */ (null);
    this.name = "";
    /** @type {any} the value, so that changes draw it again */
    this.held = null;
    /** What is being dragged; `at` is "" for what is new. @type {{block: Block, at: string} | null} */
    this.moving = null;
    this.said = "";
    this.pointer = new WeekDrag(this);
  }

  /** @returns {import("../hours.js").Week} */
  get week() {
    return this.form.get(this.name) || {};
  }

  /** @param {Place} place @returns {Block} */
  blockOf({ day, at }) {
    return { day, .../** @type {import("../hours.js").Span} */ (spanOf(this.week[day][at])) };
  }

  /** Shown while it is dragged. @param {Block | null} block @param {Place | null} from */
  drag(block, from) {
    this.moving = block && { block, at: from ? `${from.day}.${from.at}` : "" };
  }

  /** @param {Place} place @returns {import("../hours.js").Week} */
  without({ day, at }) {
    return { ...this.week, [day]: this.week[day].filter((_, each) => each !== at) };
  }

  /** A block stands where it is now; `from` is where it was. @param {Block} block @param {Place | null} from */
  keep(block, from) {
    const pair = pairOf(block);
    const others = from ? this.without(from) : this.week;
    this.put(weekWith(others, { [block.day]: [...(others[block.day] || []), pair] }));
    this.said = this.called(block.day, pair);
    this.focusOn({ day: block.day, at: this.week[block.day].indexOf(pair) });
  }

  /** @param {Place} place */
  drop({ day, at }) {
    this.said = t("week.dropped", { hours: this.called(day, this.week[day][at]) });
    this.put(weekWith(this.without({ day, at }), {}));
    this.focusOn({ day, at: Math.min(at, (this.week[day]?.length || 0) - 1) });
  }

  /** @param {import("../hours.js").Week} week */
  put(week) {
    this.form.put(this.name, week);
    this.requestUpdate();
  }

  /** To a block, or where a day gets hours. @param {Place} place */
  focusOn({ day, at }) {
    this.updateComplete.then(() => {
      const block = /** @type {HTMLElement | null} */ (this.querySelector(`.week-block[data-first][data-day="${day}"][data-at="${at}"]`));
      (block || document.querySelector(`#set-${this.name} .day-line[data-day="${day}"] .day-add`))?.focus();
    });
  }

  /** @param {KeyboardEvent} event @param {Block} block */
  press(event, block) {
    const place = { day: block.day, at: Number(/** @type {HTMLElement} */ (event.currentTarget).dataset.at) };
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const step = EARLIER.includes(key) ? -STEP : LATER.includes(key) ? STEP : 0;
    if (!step && !["Delete", "Backspace", "Enter"].includes(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === "Enter") return /** @type {HTMLElement | null} */ (document.querySelector(`[name="${this.name}.${place.day}.${place.at}.0"]`))?.focus();
    if (!step) return this.drop(place);
    const across = key === "ArrowLeft" || key === "ArrowRight";
    this.keep(nudged(block, across && getComputedStyle(this).direction === "rtl" ? -step : step, shiftKey), place);
  }

  /** @param {string} day @param {Pair} pair */
  called(day, [from, until]) {
    return t(minutesOf(until) > minutesOf(from) ? "week.hours" : "week.overnight", { day: t(`day.${day}`), from, until });
  }

  /** Its name has what is to be read on it. @param {Block} block */
  nameOf(block) {
    return t(block.end > DAY ? "week.block_overnight" : "week.block", { day: t(`day.${block.day}`), hours: short(pairOf(block)) });
  }

  /** What lies on each day. @returns {Record<string, Piece[]>} */
  get pieces() {
    const clash = clashing(this.week);
    const kept = DAYS.flatMap((day) => (this.week[day] || []).map((pair, at) => ({ id: `${day}.${at}`, at, block: { day, .../** @type {any} */ (spanOf(pair)) } })));
    const still = kept.filter(({ id, block }) => block.end && id !== this.moving?.at).map(({ id, at, block }) => ({ block, at, clash: clash.has(id) }));
    const all = this.moving ? [...still, { block: this.moving.block, at: -1, clash: false }] : still;
    const begins = all.map((one) => ({ ...one, on: one.block.day, from: one.block.begin, to: Math.min(one.block.end, DAY), first: true, last: one.block.end <= DAY }));
    const goesOn = all.filter(({ block }) => block.end > DAY).map((one) => ({ ...one, on: dayAfter(one.block.day), from: 0, to: one.block.end - DAY, first: false, last: true }));
    return Object.fromEntries(DAYS.map((day) => [day, [...goesOn, ...begins].filter(({ on }) => on === day)]));
  }

  render() {
    const { pieces } = this;
    const start = (/** @type {PointerEvent} */ event) => !this.form.locked && this.pointer.start(event);
    return html`<span class="said" role="status">${this.said}</span>
      <div class="week" role="group" aria-label=${t("week.title")} ?data-locked=${this.form.locked} ?data-moving=${Boolean(this.moving)} @pointerdown=${start}>
        <div class="week-clock num" aria-hidden="true">${MARKS.map((hour) => html`<span>${hour}</span>`)}</div>
        ${DAYS.map((day) => html`<div class="week-column"><span class="week-name" aria-hidden="true">${t(`day.short.${day}`)}</span>
          <div class="week-day" role="group" aria-label=${t(`day.${day}`)} data-day=${day}>${pieces[day].map((piece) => this.piece(piece))}</div></div>`)}
      </div>`;
  }

  /** @param {Piece} piece */
  piece({ block, at, clash, from, to, first, last }) {
    const own = first && at >= 0;
    const tall = to - from >= 60;
    return html`<div class="week-block" .style=${`--from:${from / DAY};--to:${to / DAY}`} data-day=${block.day} data-at=${at} ?data-first=${first} ?data-last=${last} ?data-clash=${clash} ?data-held=${at < 0} ?data-brief=${to - from < 180}
      role=${own ? (this.form.locked ? "img" : "button") : nothing} tabindex=${own && !this.form.locked ? "0" : nothing} aria-label=${own ? this.nameOf(block) : nothing} aria-hidden=${own ? nothing : "true"}
      aria-describedby=${own && !this.form.locked ? `set-${this.name}-keys` : nothing} @keydown=${own && !this.form.locked ? (/** @type {KeyboardEvent} */ event) => this.press(event, block) : nothing}>
      <span class="week-label num">${tall || at < 0 ? short(pairOf(block)) : nothing}</span></div>`;
  }
}

customElements.define("settings-week", SettingsWeek);
