/** Bars and a line, drawn by the page itself; each can be read as a table, too. */
import { html, nothing, svg } from "../../shared/element.js";
import { day, number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";

/** @typedef {{label: string, values: number[], tone?: string}} Bar */

/**
 * Upright bars side by side, with their numbers on top.
 * @param {{label: string, bars: Bar[], tones: string[], names: string[], every?: number}} chart `tones` and `names` of each bar's values; every so many bars have their label
 */
export function columns({ label, bars, tones, names, every = 1 }) {
  const told = bars.length < 12;
  const most = Math.max(1, ...bars.flatMap(({ values }) => values));
  return html`<div class="num-columns" role="img" aria-label=${label} .style=${`--bars:${bars.length}`}>
      ${bars.map(({ label: name, values, tone }, at) => html`<div class="num-column" title=${`${name}: ${values.map((value, which) => `${number(value)} ${names[which]}`).join(", ")}`}>
        <span class="num-pair">${values.map((value, which) => html`<span class="num-bar ${tone || tones[which]}" .style=${`--share:${value / most}`}>${told ? html`<b class="num">${number(value)}</b>` : nothing}</span>`)}</span>
        <span class="num-tick">${at % every ? "" : name}</span></div>`)}
    </div>${asTable(label, names, bars)}`;
}

/** Lying bars: with us and waiting, one behind the other. @param {{label: string, bars: Bar[], names: string[]}} chart */
export function ages({ label, bars, names }) {
  const most = Math.max(1, ...bars.map(({ values: [us, waiting] }) => us + waiting));
  return html`<div class="num-ages" aria-hidden="true">
      ${bars.map(({ label: name, values: [us, waiting] }) => html`<span class="i2">${name}</span>
        <span class="num-lying"><span class="num-us" .style=${`--share:${us / most}`}></span><span class="num-waits" .style=${`--share:${waiting / most}`}></span>
          <span class="num"><b>${number(us)}</b> <span class="i3">+ ${number(waiting)}</span></span></span>`)}
    </div>${asTable(label, names, bars)}`;
}

/** A share by day, in percent; days without one are a gap. @param {{label: string, name: string, days: {day: string, share: number | null}[]}} chart */
export function line({ label, name, days }) {
  const known = days.flatMap(({ share }, at) => (share === null ? [] : [{ at, share }]));
  const least = Math.min(90, ...known.map(({ share }) => Math.floor(share / 10) * 10));
  const across = (/** @type {number} */ at) => (at / Math.max(1, days.length - 1)) * 100;
  const down = (/** @type {number} */ share) => 100 - ((share - least) / (100 - least || 1)) * 100;
  const points = known.map(({ at, share }) => `${across(at).toFixed(2)},${down(share).toFixed(2)}`).join(" ");
  const last = known.at(-1);
  return html`<div class="num-line" role="img" aria-label=${label}>
      <span class="num-scale"><span>100</span><span>${least}</span></span>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        ${[0, 50, 100].map((at) => svg`<line x1="0" x2="100" y1=${at} y2=${at} class="num-grid" />`)}
        <polyline points=${points} class="num-curve" />
      </svg>
      ${last ? html`<span class="num-last num" .style=${`--down:${down(last.share)}%`}>${number(last.share)}</span>` : nothing}
      <span class="num-ends"><span>${day(days[0].day)}</span><span>${day(days.at(-1)?.day || days[0].day)}</span></span>
    </div>${asTable(label, [name], known.map(({ at, share }) => ({ label: day(days[at].day), values: [share] })))}`;
}

/** The same for who does not see it. @param {string} label @param {string[]} names @param {Bar[]} bars */
function asTable(label, names, bars) {
  return html`<table class="said"><caption>${label}</caption><thead><tr><td></td>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${bars.map(({ label: name, values }) => html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${number(value)}</td>`)}</tr>`)}</tbody></table>`;
}

/** Seconds as a person says them: 45 min, 3 h, 2 d. @param {number | null} seconds */
export function lasting(seconds) {
  if (seconds === null) return "–";
  if (seconds < 3600) return t("numbers.minutes", { n: Math.max(1, Math.round(seconds / 60)) });
  if (seconds < 2 * 86_400) return t("numbers.hours", { n: number(Math.round(seconds / 360) / 10) });
  return t("numbers.days", { n: number(Math.round(seconds / 8640) / 10) });
}

/** A median is one of some steps: at most so much. @param {number | null} seconds @param {number} count */
export const within = (seconds, count) => (count ? (seconds === null ? t("numbers.beyond") : `≤ ${lasting(seconds)}`) : "–");
