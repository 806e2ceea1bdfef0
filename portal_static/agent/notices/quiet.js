/** Hours in which nothing is mailed or pushed, and the zone that they are in. */
import { html, nothing } from "../../shared/element.js";
import { region, t } from "../../shared/i18n.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const NIGHT = { since: "22:00", until: "07:00", days: DAYS };
const MONDAY = Date.UTC(2024, 0, 1);
const ZONES = Intl.supportedValuesOf("timeZone");

/** @param {number} at @param {"short" | "long"} weekday */
const dayName = (at, weekday) => new Intl.DateTimeFormat(region(), { weekday, timeZone: "UTC" }).format(MONDAY + at * 86_400_000);

/** @param {import("./wishes.js").Wishes} data @param {(change: any) => void} keep */
export function quietHours(data, keep) {
  const { quiet } = data;
  return html`<div class="setting"><label class="grow" for="wish-zone">${t("wishes.zone")}</label>
      <input class="input" id="wish-zone" list="wish-zones" autocomplete="off" spellcheck="false" .value=${data.zone} @change=${(/** @type {any} */ { target }) => keep({ zone: target.value.trim() })} />
      <datalist id="wish-zones">${ZONES.map((each) => html`<option value=${each}></option>`)}</datalist></div>
    <div class="setting"><label class="grow row g8"><input type="checkbox" name="quiet" .checked=${Boolean(quiet)} @change=${(/** @type {any} */ { target }) => keep({ quiet: target.checked ? NIGHT : null })} />${t("wishes.quiet")}</label></div>
    ${quiet ? hours(quiet, (change) => keep({ quiet: { ...quiet, ...change } })) : nothing}`;
}

/** @param {{since: string, until: string, days: string[]}} quiet @param {(change: any) => void} keep */
function hours(quiet, keep) {
  const time = (/** @type {"since" | "until"} */ name) =>
    html`<label class="row g6"><span>${t(`wishes.quiet.${name}`)}</span><input class="input" type="time" name="quiet:${name}" .value=${quiet[name]} @change=${(/** @type {any} */ { target }) => target.value && keep({ [name]: target.value })} /></label>`;
  return html`<fieldset class="wishes-quiet"><legend class="said">${t("wishes.quiet")}</legend>
    <div class="row g12">${time("since")}${time("until")}</div>
    <div class="wishes-days" role="group" aria-label=${t("wishes.quiet.days")}>${DAYS.map((day, at) => html`<label title=${dayName(at, "long")}><input type="checkbox" name="quiet:${day}" .checked=${quiet.days.includes(day)}
      ?disabled=${quiet.days.length === 1 && quiet.days[0] === day}
      @change=${(/** @type {any} */ { target }) => keep({ days: DAYS.filter((each) => (each === day ? target.checked : quiet.days.includes(each))) })} />${dayName(at, "short")}</label>`)}</div>
    <p class="t12 i3">${t("wishes.quiet_text")}</p></fieldset>`;
}
