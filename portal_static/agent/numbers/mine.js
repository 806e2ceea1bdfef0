/** One's own numbers of the last thirty days. */
import { html } from "../../shared/element.js";
import { day, number } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { paneState } from "../../shared/parts/states.js";
import { columns, lasting, within } from "./charts.js";

const COUNTS = ["replied", "resolved", "reopened", "involved", "assigned"];
const TIMES = ["first_response", "next_response", "resolution"];

/** @param {import("./state.js").Mine} data */
export function mineOf({ rows: [row], from, until }) {
  if (!row || !row.days.length) return paneState({ icon: "chart", title: t("numbers.mine.empty"), text: t("numbers.mine.empty_text") });
  const days = [...row.days].reverse();
  const bars = row.days.map((each) => ({ label: day(each.day), values: [each.replied, each.resolved] }));
  const names = [t("numbers.replies"), t("numbers.count.resolved")];
  return html`<p class="i2">${t("numbers.mine.text", { from: day(from), until: day(until) })}</p>
    <div class="num-tiles">${COUNTS.map((name) => html`<section class="num-tile"><h2>${t(`numbers.count.${name}`)}</h2><p><b class="num">${number(row.total[name])}</b></p></section>`)}</div>
    <div class="num-grid2 even">${TIMES.map((name) => time(name, row.total[name]))}</div>
    <section class="num-card"><h2>${t("numbers.mine.days")}<span class="grow"></span><span class="num-key us">${names[0]}</span><span class="num-key done">${names[1]}</span></h2>
      ${columns({ label: t("numbers.mine.days"), bars, tones: ["accent", "green"], names, every: 5 })}
      <div class="num-scroll" tabindex="0" role="region" aria-label=${t("numbers.mine.days")}><table class="num-people"><thead><tr><th scope="col">${t("numbers.day")}</th>${COUNTS.map((name) => html`<th scope="col" class="end">${t(`numbers.count.${name}`)}</th>`)}</tr></thead>
        <tbody>${days.map((each) => html`<tr><th scope="row">${day(each.day)}</th>${COUNTS.map((name) => html`<td class="end num">${number(each[name])}</td>`)}</tr>`)}</tbody></table></div></section>`;
}

/** @param {string} name @param {import("./state.js").Duration} spent */
function time(name, { count, mean, mean_business: business, median_within: median }) {
  if (!count) return html`<section class="num-card"><h2>${t(`numbers.time.${name}`)}</h2><p class="i3">${t("numbers.time.none")}</p></section>`;
  return html`<section class="num-card"><h2>${t(`numbers.time.${name}`)}</h2>
    <p class="num-tile-value"><b class="num">${within(median, count)}</b> <span class="i2">${t("numbers.half")}</span></p>
    <p class="i2">${t("numbers.means", { business: lasting(business), clock: lasting(mean), n: number(count) })}</p></section>`;
}
