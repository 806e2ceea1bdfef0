/** How one wishes to be told: by which channel of what, when mail comes, and hours of quiet. Each change is kept at once. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { failure, messageBones } from "../../shared/parts/states.js";
import { say } from "../../shared/parts/toast.js";
import { Resource } from "../../shared/resource.js";
import { browsers } from "./browsers.js";
import { matrix } from "./matrix.js";
import { quietHours } from "./quiet.js";

/**
 * @typedef {object} Wishes
 * @property {Record<string, string[]>} channels
 * @property {"off" | "at_once" | "hourly" | "daily"} mail
 * @property {string} daily_at
 * @property {string} zone
 * @property {{since: string, until: string, days: string[]} | null} quiet
 * @property {string} push_key
 * @property {{id: string, label: string, service: string, created_at: string}[]} devices
 * @property {number} version
 */

const PATH = "/notifications/preferences";
const MODES = ["off", "at_once", "hourly", "daily"];

/** @type {Resource<Wishes>} */
const wishes = new Resource();
const read = () => api.get(PATH);

class MeNotices extends Component {
  constructor() {
    super();
    this.watches(wishes);
    this.turn = Promise.resolve();
  }

  connectedCallback() {
    super.connectedCallback();
    wishes.load(read);
  }

  /** Shown at once, kept one after the other. @param {Partial<Wishes>} change @param {Partial<Wishes>} [shown] */
  keep(change, shown = change) {
    wishes.change((all) => ({ ...all, ...shown }));
    this.turn = this.turn.then(() => this.write(change));
  }

  /** @param {Partial<Wishes>} change */
  async write(change) {
    try {
      const kept = await api.patch(PATH, change, { ifMatch: wishes.data?.version });
      wishes.change((all) => ({ ...all, version: kept.version, zone: kept.zone }));
    } catch (error) {
      await wishes.refresh(read);
      say({ bad: true, text: t("wishes.failed_change", { reason: /** @type {any} */ (error).errors?.[0]?.message || /** @type {Error} */ (error).message }) });
    }
  }

  again() {
    return wishes.refresh(read);
  }

  render() {
    const { state, error, slow, data } = wishes.value;
    if (state === "failed") return failure(error, t("wishes.failed"), () => wishes.load(read));
    if (!data) return slow ? messageBones() : nothing;
    return html`${matrix(data, (channels) => this.keep({ channels }, { channels: { ...data.channels, ...channels } }))}
      ${this.mail(data)}${quietHours(data, (change) => this.keep(change))}${browsers(data, this)}`;
  }

  /** @param {Wishes} data */
  mail(data) {
    return html`<div class="setting"><span id="wish-mail">${t("wishes.mail")}</span>
        <div class="segments" role="radiogroup" aria-labelledby="wish-mail">
          ${MODES.map((mode) => html`<button role="radio" aria-checked=${String(mode === data.mail)} @click=${() => this.keep({ mail: /** @type {any} */ (mode) })}>${t(`wishes.mail.${mode}`)}</button>`)}
        </div></div>
      ${data.mail === "daily" ? html`<div class="setting"><label class="grow" for="wish-daily">${t("wishes.daily_at")}</label><input class="input" id="wish-daily" type="time" .value=${data.daily_at} @change=${(/** @type {any} */ { target }) => target.value && this.keep({ daily_at: target.value })} /></div>` : nothing}`;
  }
}

customElements.define("me-notices", MeNotices);
