/** A time zone, searched for by its name. */
import { html } from "../../../shared/element.js";
import { field, valueOf } from "./parts.js";

const ZONES = Intl.supportedValuesOf("timeZone");

/** Where the reader is. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The town of a zone: Buenos Aires. @param {string} zone */
export const townOf = (zone) => (zone.split("/").at(-1) || "").replaceAll("_", " ");

/** @param {import("../form.js").Form} form @param {string} name @param {import("./parts.js").Words} words */
export function zone(form, name, words) {
  return field(form, name, { ...words, required: true }, ({ id, invalid, described, disabled }) => html`<input class="input" id=${id} name=${name} list="${id}-all" autocomplete="off" spellcheck="false" maxlength="60"
      .value=${form.get(name) || ""} ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described} @input=${(/** @type {Event} */ event) => form.put(name, valueOf(event).trim())} />
    <datalist id="${id}-all">${ZONES.map((each) => html`<option value=${each}></option>`)}</datalist>`);
}
