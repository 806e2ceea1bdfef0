/** The bell at the head of a kept view: whether one is told of what comes into it. */
import { Component, html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { follow, followed, follows, loadFollowed } from "../state/followed.js";

class FollowView extends Component {
  static properties = { view: { attribute: false }, busy: { state: true } };

  constructor() {
    super();
    this.watches(followed);
    /** @type {import("../state/views.js").View} */
    this.view = /** @type {any} */ (null);
    this.busy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    if (followed.value.state === "idle") loadFollowed();
  }

  async toggle() {
    this.busy = true;
    await follow(this.view, !follows(this.view.id));
    this.busy = false;
  }

  render() {
    const on = follows(this.view.id);
    const label = t(on ? "follow.end" : "follow.begin");
    return html`<button class="btn ghost square small follow-bell" aria-pressed=${String(on)} title=${label} aria-label=${label}
      ?disabled=${this.busy || !followed.data} @click=${this.toggle}>${icon("bell")}</button>`;
  }
}

customElements.define("desk-follow", FollowView);
