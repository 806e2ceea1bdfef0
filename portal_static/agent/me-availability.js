/** Whether one takes tickets now, on one's own page. */
import { Component, html, nothing } from "../shared/element.js";
import { moment } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { ownAvailability, setAvailability, STATES } from "./state/availability.js";
import { catalogue } from "./state/catalogue.js";

class MeAvailability extends Component {
  constructor() {
    super();
    this.watches(catalogue);
  }

  render() {
    const { state, since, by, reassign } = ownAvailability();
    const turn = (/** @type {Event} */ event) => setAvailability({ reassign: /** @type {HTMLInputElement} */ (event.target).checked });
    return html`<div class="setting"><span id="me-available">${t("available.label")}</span>
        <div class="segments" role="radiogroup" aria-labelledby="me-available">
          ${STATES.map((each) => html`<button role="radio" aria-checked=${String(each === state)} @click=${() => setAvailability({ state: each })}><i class="presence" data-state=${each}></i>${t(`available.${each}`)}</button>`)}
        </div></div>
      <p class="t12 i3 me-available-text">${t(`available.${state}_text`)} ${state !== "available" && since ? t(by === "clock" ? "available.by_clock" : "available.since", { time: moment(since) }) : nothing}</p>
      ${state === "available" ? nothing : html`<label class="check me-reassign"><input type="checkbox" name="reassign" .checked=${reassign} @change=${turn} /><span>${t("available.reassign")}<span class="check-hint">${t("available.reassign_hint")}</span></span></label>`}`;
  }
}

customElements.define("me-availability", MeAvailability);
