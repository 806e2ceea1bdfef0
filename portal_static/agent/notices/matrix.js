/** Kinds of notices by channels, a check each; and how mail comes. */
import { html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { CHANNELS } from "./words.js";

const MODES = ["off", "at_once", "hourly", "daily"];

/** @param {{channels: Record<string, string[]>, mail: string}} data @param {(channels: Record<string, string[]>) => void} keep gets the kind that changed @param {boolean} [locked] */
export function matrix(data, keep, locked = false) {
  return html`<table class="wishes">
    <caption class="said">${t("wishes.kinds")}</caption>
    <thead><tr><th scope="col">${t("wishes.kind")}</th>${CHANNELS.map((channel) => html`<th scope="col">${t(`wishes.channel.${channel}`)}</th>`)}</tr></thead>
    <tbody>${Object.entries(data.channels).map(([kind, chosen]) => html`<tr><th scope="row">${t(`wishes.kind.${kind}`)}</th>
      ${CHANNELS.map((channel) => html`<td><label><input type="checkbox" name="${kind}:${channel}" .checked=${chosen.includes(channel)} ?disabled=${locked || (channel === "mail" && data.mail === "off")}
        @change=${(/** @type {any} */ { target }) => keep({ [kind]: CHANNELS.filter((each) => (each === channel ? target.checked : chosen.includes(each))) })} />
        <span class="said">${t(`wishes.kind.${kind}`)}, ${t(`wishes.channel.${channel}`)}</span></label></td>`)}</tr>`)}</tbody>
  </table>`;
}

/** @param {string} chosen @param {(mode: any) => void} keep @param {boolean} [locked] */
export function mailMode(chosen, keep, locked = false) {
  return html`<div class="setting"><span id="wish-mail">${t("wishes.mail")}</span>
    <div class="segments" role="radiogroup" aria-labelledby="wish-mail">
      ${MODES.map((mode) => html`<button role="radio" aria-checked=${String(mode === chosen)} ?disabled=${locked} @click=${() => mode !== chosen && keep(mode)}>${t(`wishes.mail.${mode}`)}</button>`)}
    </div></div>`;
}
