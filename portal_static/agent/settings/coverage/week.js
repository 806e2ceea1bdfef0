/** The week of all colleagues: who is on when, on which leave, and where nobody is; to be changed by whoever may. */
import { Component, html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { failure, paneState, rowBones } from "../../../shared/parts/states.js";
import { may, session } from "../../../shared/session.js";
import { router } from "../../router.js";
import { catalogue } from "../../state/catalogue.js";
import { calendars, inUse } from "../kept.js";
import { sectionTitle } from "../registry.js";
import { bounds } from "./blocks.js";
import { addDays, today, weekNumber, weekText, zones } from "./days.js";
import { editLeave, editShift } from "./editors.js";
import { bareList, dayTabs, grid } from "./grid.js";
import * as hold from "./hold.js";
import { asked, draft, follow, go, leaves, load, open, shifts, week } from "./state.js";

/** @typedef {import("./blocks.js").Block} Block */

class CoverageWeek extends Component {
  constructor() {
    super();
    this.watches(week, draft, shifts, leaves, calendars, catalogue, router, session);
    this.shown = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.shown = this.wanted;
    open();
    document.addEventListener("desk-set", follow);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("desk-set", follow);
    hold.finish();
  }

  get wanted() {
    const { from, zone, team, calendar } = asked();
    return [from, zone, team, calendar].join(" ");
  }

  willUpdate() {
    if (this.shown === this.wanted) return;
    this.shown = this.wanted;
    load();
  }

  get mayWrite() {
    return may("settings:write");
  }

  /** What can be done with the grid. @returns {import("./grid.js").Acts} */
  get acts() {
    const { data } = week;
    if (!this.mayWrite || !data) return null;
    const within = hold.shownWithin(data, bounds);
    return {
      grab: (event, block) => hold.grab(event, block, within),
      begin: (event, person, day) => hold.begin(event, person, day, within, () => editShift(null, { person, day })),
      press: hold.press,
      leave: hold.finish,
      open: (block) => this.edit(block),
    };
  }

  /** @param {Block} block */
  edit({ of }) {
    if (hold.wasDragged()) return;
    hold.finish();
    const [shift, leave] = [shifts.of(of.shift_id), leaves.of(of.leave_id)];
    if (shift) editShift(shift);
    else if (leave) editLeave(leave);
  }

  render() {
    const { from } = asked();
    const step = (/** @type {number} */ days) => go({ from: addDays(from, days), day: "" });
    return html`<section class="set-whole" aria-label=${sectionTitle("coverage")}>
      <header class="set-head"><a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut" tabindex="-1">${sectionTitle("coverage")}</h1><span class="grow"></span>
        ${this.mayWrite ? html`<button class="btn second" aria-label=${t("coverage.add_leave")} @click=${() => editLeave(null, { day: asked().day })}>${icon("plus")}${t("coverage.leave")}</button>
          <button class="btn primary" aria-label=${t("coverage.add_shift")} @click=${() => editShift(null)}>${icon("plus")}${t("coverage.shift")}</button>` : nothing}</header>
      <div class="set-body cov-body"><p class="said" id="coverage-keys">${t("coverage.keys")}</p>
        <div class="cov-bar"><button class="btn second square" aria-label=${t("coverage.before")} @click=${() => step(-7)}>${icon("left")}</button>
          <button class="btn second square" aria-label=${t("coverage.after")} @click=${() => step(7)}>${icon("right")}</button>
          <h2 class="t14 w6">${weekText(from)} <span class="i3 cov-number">${t("coverage.week", { n: weekNumber(from) })}</span></h2><span class="grow"></span>${this.filters()}</div>
        ${this.content()}</div></section>`;
  }

  filters() {
    const { team, zone, calendar, from } = asked();
    const known = inUse(calendars);
    const near = zones([zone, ...(shifts.data || []).map((each) => each.zone)]);
    const now = from <= today(zone) && today(zone) <= addDays(from, 6);
    return html`${now ? nothing : html`<button class="btn ghost small" @click=${() => go({ from: "", day: "" })}>${t("coverage.this_week")}</button>`}
      ${choice("team", t("coverage.team"), team, [["", t("coverage.all_teams")], ...catalogue.value.teams.map((each) => [each.id, each.name])])}
      ${known.length ? choice("calendar", t("coverage.calendar"), calendar, [["", t("coverage.no_calendar")], ...known.map((each) => [each.id, each.name])]) : nothing}
      ${choice("zone", t("coverage.zone"), zone, near.map((each) => [each, each.replaceAll("_", " ")]))}`;
  }

  content() {
    const { data } = week;
    const needed = [week, shifts, ...(this.mayWrite ? [leaves] : [])].map(({ value }) => value); // what is taken hold of must be known
    const failed = needed.find(({ state }) => state === "failed");
    if (failed) return failure(failed.error, t("coverage.failed"), open);
    if (!data || needed.some((each) => !each.data)) return needed.some(({ slow }) => slow) ? rowBones(6) : nothing;
    const first = shifts.data && !shifts.data.length && !data.people.some(({ leaves: away }) => away.length);
    if (first) return paneState({ icon: "clock", title: t("settings.coverage.empty"), text: t("settings.coverage.about"), actions: this.mayWrite ? html`<button class="btn second" @click=${() => editShift(null)}>${icon("plus")}${t("coverage.first")}</button>` : nothing });
    if (!data.people.length) return paneState({ icon: "user", title: t("coverage.nobody_here"), text: t("coverage.nobody_here_text") });
    return html`${dayTabs((day) => go({ day }))}<div class="cov-frame">${grid(data, this.acts)}</div>${bareList(data)}${this.mayWrite ? html`<p class="hint cov-hint">${t("coverage.hint")}</p>` : nothing}`;
  }
}

/** @param {string} name @param {string} label @param {string} chosen @param {string[][]} options */
function choice(name, label, chosen, options) {
  return html`<select class="input soft cov-choice" name=${name} aria-label=${label} @change=${(/** @type {any} */ event) => go({ [name]: event.target.value })}>
    ${options.map(([id, text]) => html`<option value=${id} .selected=${id === chosen}>${text}</option>`)}</select>`;
}

customElements.define("coverage-week", CoverageWeek);
