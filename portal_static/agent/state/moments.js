/** Times to come that somebody chooses: the usual ones from a menu, or a date and a clock time in a dialog. */
import { html } from "../../shared/element.js";
import { clock, day } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { icon } from "../../shared/parts/icons.js";

const HOUR = 3_600_000; // ms

/** @param {string} iso */
export const when = (iso) => `${day(iso)}, ${clock(iso)}`;

/** @param {number} hours */
export const inHours = (hours) => new Date(Date.now() + hours * HOUR).toISOString();

/** A full hour, some days from now, by the reader's clock. @param {number} days @param {number} hour */
export function onDay(days, hour) {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(hour, 0, 0, 0);
  return at.toISOString();
}

/** Days until the next Monday, 7 on a Monday. */
export const untilMonday = () => ((8 - new Date().getDay()) % 7) || 7;

/** Items of a menu, each with its time beside it. @param {[string, string][]} times words and ISO time @param {(iso: string) => void} run @param {(iso: string) => string} [tell] */
export const momentItems = (times, run, tell = when) => times.map(([label, iso]) => ({ label, icon: icon("clock"), hint: tell(iso), run: () => run(iso) }));

/**
 * Ask for a date and a time; one that is over is refused.
 * @param {object} about
 * @param {string} about.title
 * @param {string} about.label of the field
 * @param {string} about.action
 * @param {string} about.first ISO time that stands in the field
 * @param {string} [about.last] ISO time after which it is refused too, a year from now
 * @param {(iso: string) => any} about.run
 */
export function askMoment({ title, label, action, first, last, run }) {
  let wish = local(first);
  return ask({
    title,
    text: html`<label class="field"><span class="label">${label}</span><input class="input" type="datetime-local" .value=${wish} @input=${(/** @type {any} */ event) => (wish = event.target.value)} /></label>`,
    action,
    run: async () => {
      const at = wish ? new Date(wish) : new Date(0);
      if (at.getTime() <= Date.now()) throw new Error(t("moment.past"));
      if (last && at.getTime() > Date.parse(last)) throw new Error(t("moment.far"));
      await run(at.toISOString());
    },
  });
}

/** As a field for date and time has it. @param {string} iso */
function local(iso) {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
