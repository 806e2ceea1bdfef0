/** How one wishes to be told: by which channel of what, when mail comes, and hours of quiet. Each change is kept at once. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { failure, messageBones } from "../../shared/parts/states.js";
import { browsers } from "./browsers.js";
import "./followed.js";
import { Keeping } from "./keeping.js";
import { mailMode, matrix } from "./matrix.js";
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

class MeNotices extends Keeping {
  constructor() {
    super("/notifications/preferences");
  }

  render() {
    const { state, error, slow, data } = this.record.value;
    if (state === "failed") return failure(error, t("wishes.failed"), () => this.load());
    if (!data) return slow ? messageBones() : nothing;
    return html`${matrix(data, (channels) => this.keep({ channels }, { channels: { ...data.channels, ...channels } }))}
      ${this.mail(data)}${quietHours(data, (change) => this.keep(change))}${browsers(data, this)}<followed-views></followed-views>`;
  }

  /** @param {Wishes} data */
  mail(data) {
    return html`${mailMode(data.mail, (mail) => this.keep({ mail }))}
      ${data.mail === "daily" ? html`<div class="setting"><label class="grow" for="wish-daily">${t("wishes.daily_at")}</label><input class="input" id="wish-daily" type="time" .value=${data.daily_at} @change=${(/** @type {any} */ { target }) => target.value && this.keep({ daily_at: target.value })} /></div>` : nothing}`;
  }
}

customElements.define("me-notices", MeNotices);
