/** Calendars: the hours in which promises are counted, with public holidays and days that are not as usual. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { exceptions } from "../form/exceptions.js";
import { holidays } from "../form/holidays.js";
import { hours } from "../form/hours.js";
import { text } from "../form/parts.js";
import { ownZone, townOf, zone } from "../form/zone.js";
import { holidayPlaces } from "../holiday-places.js";
import { DAYS } from "../hours.js";
import { calendars } from "../kept.js";
import { due, nearText, opening, wallClock, wallText } from "../open-hours.js";
import { card } from "../previews.js";
import { defineSection } from "../section.js";

const USUAL = Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, [["09:00", "17:00"]]]));
const EXAMPLE = 8 * 60; // minutes

/** Mon–Fri 09:00–17:00, Sat 10:00–14:00 @param {import("../hours.js").Week} week */
function weekText(week) {
  /** @type {{days: string[], hours: string}[]} */
  const runs = [];
  for (const day of DAYS) {
    const own = (week[day] || []).map((pair) => pair.join("–")).join(", ");
    const last = runs.at(-1);
    if (last?.hours === own) last.days.push(day);
    else runs.push({ days: [day], hours: own });
  }
  const called = (/** @type {string[]} */ days) => [...new Set([days[0], /** @type {string} */ (days.at(-1))])].map((day) => t(`day.short.${day}`)).join("–");
  return runs.filter((run) => run.hours).map((run) => `${called(run.days)} ${run.hours}`).join(", ");
}

/** @param {any} row */
function words(row) {
  const year = String(new Date().getFullYear());
  const n = Object.keys(row.holiday_names || {}).filter((date) => date.startsWith(year)).length;
  return [weekText(row.hours || {}) || t("hours.closed"), n ? t("settings.calendars.holidays", { n }) : ""].filter(Boolean).join(" · ");
}

/** When it is open, and what eight hours are. @param {import("../form.js").Form} form */
function facts(form) {
  const { row, values } = form.value;
  const now = wallClock(values.zone);
  if (Number.isNaN(now)) return nothing;
  const calendar = { .../** @type {any} */ (values), holiday_names: values.holidays ? row?.holiday_names : {} };
  const next = opening(calendar, now);
  const end = due(calendar, now, EXAMPLE);
  return html`${card(t("settings.calendars.now", { town: townOf(values.zone) }), html`<p>${wallText(now)}</p>
      <p class="opening row g6 ${next?.open ? "c-green" : "i2"}">${icon(next?.open ? "check-circle" : "clock", 14)}<span>${stateText(next, now)}</span></p>`)}
    ${card(t("settings.calendars.promise"), Number.isNaN(end) ? html`<p class="i3">${t("settings.calendars.too_far")}</p>` : html`<p>${t("settings.calendars.due", { time: nearText(end, now) })}</p><p class="i3">${t("settings.calendars.counted")}</p>`)}`;
}

/** @param {ReturnType<typeof opening>} next @param {number} now */
function stateText(next, now) {
  if (!next) return t("settings.calendars.never");
  if (!next.open) return t("settings.calendars.opens", { time: nearText(next.begin, now) });
  return next.always ? t("settings.calendars.always") : t("settings.calendars.open", { time: nearText(next.end, now) });
}

/** @param {any} values */
const tidy = ({ exceptions: days, ...values }) => ({ ...values, ...(days ? { exceptions: days.map((/** @type {any} */ day) => ({ date: day.date, name: day.name.trim(), hours: day.hours })) } : {}) });

export default defineSection({
  records: calendars,
  watch: [holidayPlaces],
  line: (row) => ({ title: row.name, lead: icon("calendar", 14), text: words(row), tag: townOf(row.zone) }),
  fresh: () => ({ name: "", zone: ownZone(), hours: USUAL, holidays: null, exceptions: [] }),
  form: (form) => html`
    <div class="two">${text(form, "name", { label: t("settings.field.name"), required: true, most: 100 })}
      ${zone(form, "zone", { label: t("settings.field.zone"), hint: t("settings.calendars.zone_hint") })}</div>
    ${hours(form, "hours", { label: t("settings.field.hours") })}
    ${holidays(form)}
    ${exceptions(form, "exceptions")}`,
  aside: (form) => html`${facts(form)}<p class="i3">${t("settings.calendars.about")}</p>`,
  body: tidy,
  loss: () => t("settings.calendars.loss"),
  refused: ({ code, problem }) => (code === "in_use" && problem.by ? t("settings.calendars.in_use", { names: problem.by.join(", ") }) : ""),
});
