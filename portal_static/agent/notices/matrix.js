/** Kinds of notices by channels, a check each. */
import { html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { CHANNELS } from "./words.js";

/** @param {import("./wishes.js").Wishes} data @param {(channels: Record<string, string[]>) => void} keep gets the kind that changed */
export function matrix(data, keep) {
  return html`<table class="wishes">
    <caption class="said">${t("wishes.title")}</caption>
    <thead><tr><th scope="col">${t("wishes.kind")}</th>${CHANNELS.map((channel) => html`<th scope="col">${t(`wishes.channel.${channel}`)}</th>`)}</tr></thead>
    <tbody>${Object.entries(data.channels).map(([kind, chosen]) => html`<tr><th scope="row">${t(`wishes.kind.${kind}`)}</th>
      ${CHANNELS.map((channel) => html`<td><label><input type="checkbox" name="${kind}:${channel}" .checked=${chosen.includes(channel)} ?disabled=${channel === "mail" && data.mail === "off"}
        @change=${(/** @type {any} */ { target }) => keep({ [kind]: CHANNELS.filter((each) => (each === channel ? target.checked : chosen.includes(each))) })} />
        <span class="said">${t(`wishes.kind.${kind}`)}, ${t(`wishes.channel.${channel}`)}</span></label></td>`)}</tr>`)}</tbody>
  </table>`;
}
