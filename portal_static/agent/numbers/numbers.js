/** Numbers: the wall of a team, and one's own. */
import { Component, html, nothing } from "../../shared/element.js";
import { clock } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { failure, rowBones } from "../../shared/parts/states.js";
import { session } from "../../shared/session.js";
import { router } from "../router.js";
import { catalogue } from "../state/catalogue.js";
import { mineOf } from "./mine.js";
import { asked, follow, load, mine, pathTo, wall } from "./state.js";
import { wallOf } from "./wall.js";

class Numbers extends Component {
  constructor() {
    super();
    this.watches(router, session, wall, mine, catalogue);
    this.shown = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.end = follow();
    this.shown = this.wanted;
    load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end?.();
  }

  get wanted() {
    return JSON.stringify(asked());
  }

  willUpdate() {
    document.title = t("numbers.title");
    if (this.shown === this.wanted || !router.parts[0]?.startsWith("numbers")) return;
    this.shown = this.wanted;
    load();
  }

  render() {
    const { whose, team } = asked();
    const { teams } = catalogue.value;
    const name = teams.find((each) => each.id === team)?.name;
    const way = (/** @type {"team" | "me"} */ to, /** @type {string} */ label) => html`<a href=${router.href(pathTo(to))} aria-current=${to === whose ? "page" : "false"}>${label}</a>`;
    return html`<main class="page num-page" id="main" tabindex="-1">
      <header class="num-head"><h1 class="t16">${whose === "me" ? t("numbers.mine") : t("numbers.today", { name: name || t("numbers.desk") })}</h1><span class="grow"></span>
        <nav class="num-ways" aria-label=${t("numbers.title")}>${way("team", t("numbers.team"))}${way("me", t("numbers.mine"))}</nav>
        ${whose === "team" ? html`<select class="input soft num-team" aria-label=${t("numbers.which_team")} @change=${(/** @type {any} */ event) => router.go(pathTo("team", event.target.value), { replace: true })}>
          ${[{ id: "", name: t("numbers.desk") }, ...teams].map((each) => html`<option value=${each.id} .selected=${each.id === team}>${each.name}</option>`)}</select>` : nothing}
        ${whose === "team" && wall.data ? html`<span class="num-live t12 i2">${t("numbers.as_of", { time: clock(wall.data.at) })}</span>` : nothing}</header>
      <div class="num-body">${this.content(whose, team)}</div></main>`;
  }

  /** @param {"team" | "me"} whose @param {string} team */
  content(whose, team) {
    const { state, slow, error, data } = /** @type {import("../../shared/resource.js").Resource<any>} */ (whose === "me" ? mine : wall).value;
    if (state === "failed") return failure(error, t("numbers.failed"), load);
    if (!data) return slow ? rowBones(6) : nothing;
    return whose === "me" ? mineOf(data) : wallOf(data, team);
  }
}

customElements.define("desk-numbers", Numbers);
