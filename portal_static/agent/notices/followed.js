/** The views that one follows, and which of them rest and why. */
import { Component, html, nothing } from "../../shared/element.js";
import { day } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, rowBones } from "../../shared/parts/states.js";
import { hrefOf } from "../router.js";
import { follow, followed, loadFollowed } from "../state/followed.js";

/** @typedef {import("../state/followed.js").Followed} Followed */

class FollowedViews extends Component {
  constructor() {
    super();
    this.watches(followed);
  }

  connectedCallback() {
    super.connectedCallback();
    loadFollowed();
  }

  render() {
    return html`<h3 class="side-head followed-head">${t("follow.list")}</h3>${this.content()}`;
  }

  content() {
    const { state, slow, error, data } = followed.value;
    if (state === "failed") return failure(error, t("follow.list_failed"), loadFollowed);
    if (!data) return slow ? rowBones(1) : nothing;
    if (!data.length) return html`<p class="i3 t12">${t("follow.none")}</p>`;
    return html`<ul class="sessions">${data.map((one) => this.row(one))}</ul>`;
  }

  /** @param {Followed} one */
  row(one) {
    const { view_id, label, since, state } = one;
    const rests = state !== "following";
    return html`<li class="session" data-view=${view_id}>${icon(rests ? "alert" : "filter")}
      <div class="grow"><div class="cut w5" dir="auto">${rests ? label : html`<a href=${hrefOf(view_id)}>${label}</a>`}</div>
        <div class="t12 ${rests ? "c-amber" : "i3"}">${rests ? t(`follow.state.${state}`) : t("follow.since", { time: day(since) })}</div></div>
      <button class="btn second small" aria-label=${t("follow.end_named", { name: label })} @click=${() => follow({ id: view_id, label }, false)}>${t(rests ? "follow.drop" : "follow.end")}</button></li>`;
  }
}

customElements.define("followed-views", FollowedViews);
