/** The public holidays that a calendar keeps: a country, a part of it, and their names as they are kept. */
import { html, nothing } from "../../../shared/element.js";
import { locale, region, t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { holidayPlaces } from "../holiday-places.js";
import { field, select, valueOf } from "./parts.js";

/** @typedef {import("../form.js").Form} Form */

/** @param {string} country ISO 3166-1 */
const countryName = (country) => new Intl.DisplayNames([locale()], { type: "region" }).of(country) || country;

/** Countries by their names; the one that is kept is among them though they are not known yet. @param {Form} form */
function countries(form) {
  const all = new Set([...(holidayPlaces.data || []).map(({ country }) => country), ...[form.get("holidays.country") || []].flat()]);
  return [...all].map((id) => ({ id, label: countryName(id) })).sort((one, other) => one.label.localeCompare(other.label, locale()));
}

/** @param {Form} form @param {string} country */
function parts(form, country) {
  const kept = form.get("holidays.part");
  const all = new Set([...(holidayPlaces.data?.find((place) => place.country === country)?.parts || []), ...(kept ? [kept] : [])]);
  return [...all].map((id) => ({ id, label: `${country}-${id}` }));
}

/** @param {Form} form */
export function holidays(form) {
  const country = form.get("holidays.country");
  const choose = (/** @type {Event} */ event) => form.put("holidays", valueOf(event) ? { country: valueOf(event), part: null } : null);
  const options = country ? parts(form, country) : [];
  return html`<div class="two">${field(form, "holidays", { label: t("settings.field.holidays") }, ({ id, invalid, described, disabled }) => html`<select class="input" id=${id} name="holidays" ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described} @change=${choose}>
      <option value="" .selected=${!country}>${t("holidays.none")}</option>${countries(form).map((one) => html`<option value=${one.id} .selected=${one.id === country}>${one.label}</option>`)}</select>`)}
    ${options.length ? select(form, "holidays.part", { label: t("holidays.part"), none: t("holidays.whole"), options, hint: t("holidays.part_hint") }) : nothing}</div>
    ${country ? names(form) : nothing}`;
}

/** Their names by date, this year's and the next's. @param {Form} form */
function names(form) {
  if ("holidays" in form.changes || !form.value.row) return html`<p class="hint">${icon("info", 12)}${t("holidays.when_saved")}</p>`;
  const kept = Object.entries(form.value.row.holiday_names || {}).sort();
  const year = new Date().getFullYear();
  const date = new Intl.DateTimeFormat(region(), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const folds = [year, year + 1].map((each) => {
    const own = kept.filter(([day]) => day.startsWith(String(each)));
    return html`<details class="folded"><summary>${icon("right", 12)}<span class="grow w5">${t("holidays.of_year", { n: own.length, year: String(each) })}</span></summary>
      <dl class="facts wide holiday-names">${own.map(([day, name]) => html`<dt class="num">${date.format(new Date(day))}</dt><dd dir="auto">${name}</dd>`)}</dl></details>`;
  });
  return html`<div class="holidays">${folds}</div>`;
}
