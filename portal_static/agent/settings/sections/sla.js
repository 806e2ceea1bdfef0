/** SLA policies: what is promised to whom, by when; of a ticket the first one that fits counts. */
import { html, nothing } from "../../../shared/element.js";
import { list } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { checks, field, select, text, valueOf } from "../form/parts.js";
import { condition } from "../form/rich-parts.js";
import { TARGETS, targets, targetsBody } from "../form/targets.js";
import { calendars, inUse, priorities, slaPolicies } from "../kept.js";
import { optionsOf, priorityLabel } from "../labels.js";
import { hrefTo } from "../place.js";
import { card, prioritySign } from "../previews.js";
import { defineSection } from "../section.js";
import "../sla-trial.js";
import { minutesIn, spanText } from "../spans.js";

const WARNINGS = [50, 60, 70, 75, 80, 90];
const PAUSES = ["waiting", "on_hold"];

/** 15 m to 8 h @param {Record<string, number>} [times] */
function range(times = {}) {
  const all = Object.values(times);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? spanText(least) : t("sla.range", { from: spanText(least), to: spanText(most) });
}

/** What it promises, in a line: the first reply and the end, or what else there is. @param {any} row */
function words({ targets: all = {} }) {
  const promised = TARGETS.filter((target) => Object.keys(all[target] || {}).length);
  const main = promised.filter((target) => target === "first_response" || target === "resolution");
  return (main.length ? main : promised).map((target) => t(`sla.line.${target}`, { time: range(all[target]) })).join(" · ");
}

/** @param {any} row */
const calendarName = (row) => (row.calendar_id ? calendars.of(row.calendar_id)?.name || "" : t("sla.always"));

/** @param {import("../form.js").Form} form */
function warning(form) {
  const kept = form.get("warn_at_percent");
  const all = [...new Set([...WARNINGS, kept])].sort((one, other) => one - other);
  return field(form, "warn_at_percent", { label: t("settings.field.warn_at_percent"), hint: t("sla.warn_hint") }, ({ id, invalid, described, disabled }) => html`<select class="input short" id=${id} name="warn_at_percent" ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described}
    @change=${(/** @type {Event} */ event) => form.put("warn_at_percent", Number(valueOf(event)))}>${all.map((each) => html`<option value=${each} .selected=${each === kept}>${t("sla.percent", { n: each })}</option>`)}</select>`);
}

/** @param {import("../form.js").Form} form */
function calendar(form) {
  const none = !inUse(calendars).length;
  const hint = none ? html`<span>${t("sla.no_calendars")} <a href=${hrefTo("calendars")}>${t("sla.to_calendars")}</a></span>` : form.get("calendar_id") ? t("sla.calendar_hint") : "";
  return select(form, "calendar_id", { label: t("settings.field.calendar_id"), none: t("sla.always"), options: optionsOf(calendars), hint });
}

/** What it means for each priority, in a sentence. @param {import("../form.js").Form} form */
function meanings(form) {
  const all = form.get("targets") || {};
  const promises = (/** @type {string} */ id) => TARGETS.flatMap((target) => {
    const value = all[target]?.[id];
    const minutes = typeof value === "string" ? minutesIn(value) : value;
    return minutes ? [t(`sla.means.${target}`, { time: spanText(minutes) })] : [];
  });
  const lines = inUse(priorities).map((priority) => ({ priority, said: promises(priority.id) }));
  return card(t("sla.means"), html`<ul class="meanings">${lines.map(({ priority, said }) => html`<li>${prioritySign(/** @type {any} */ (priority))}<span><b dir="auto">${priorityLabel(priority)}:</b> ${said.length ? t("sla.promised", { promises: list(said) }) : t("sla.nothing")}</span></li>`)}</ul>
    <p class="i3">${t("sla.counted", { calendar: calendarName({ calendar_id: form.get("calendar_id") }) })}</p>`);
}

/** As the API takes them. @param {Record<string, any>} values */
const body = (values) => ({ ...values, ...("filter" in values ? { filter: values.filter || "" } : {}), ...(values.targets ? { targets: targetsBody(values.targets) } : {}) });

/** @param {import("../form.js").Form} form */
const trial = (form) => (form.locked ? nothing : html`<sla-trial .form=${form} .policy=${body(form.value.values)}></sla-trial>`);

export default defineSection({
  records: slaPolicies,
  ordered: true,
  watch: [calendars, priorities],
  line: (row) => ({ title: row.name, lead: icon("target", 14), text: words(row), tag: calendarName(row) }),
  fresh: () => ({ name: "", filter: "", targets: {}, calendar_id: null, pause_in: PAUSES, warn_at_percent: 75 }),
  form: (form) => html`
    ${text(form, "name", { label: t("settings.field.name"), required: true, most: 100 })}
    ${condition(form, "filter", { label: t("settings.field.filter"), optional: true, hint: t("sla.filter_hint"), placeholder: "company:acme priority:>=high" })}
    ${targets(form, "targets", { label: t("settings.field.targets"), hint: t("targets.hint") })}
    ${calendar(form)}
    <div class="two">${checks(form, "pause_in", { label: t("settings.field.pause_in"), groups: [{ options: PAUSES.map((id) => ({ id, label: t(`category.${id}`) })) }] })}
      ${warning(form)}</div>`,
  aside: (form) => html`${meanings(form)}${trial(form)}<p class="i3">${t("settings.sla.about")}</p>`,
  body,
  loss: () => t("settings.sla.loss"),
});
