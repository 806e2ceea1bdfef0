/** A day, kept as the end of it where the reader is (RFC 3339), or null. */
import { html } from "../../../shared/element.js";
import { field, valueOf } from "./parts.js";

/** The day of a time, as a date field takes it. @param {string | null | undefined} iso */
export function dayOf(iso) {
  if (!iso) return "";
  const at = new Date(iso);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** @param {string} day @param {boolean} [end] of the day, else its beginning */
export const timeOf = (day, end = false) => (day ? new Date(`${day}T${end ? "23:59:59" : "00:00:00"}`).toISOString() : null);

/** @param {import("../form.js").Form} form @param {string} name @param {import("./parts.js").Words} words */
export function date(form, name, words) {
  return field(form, name, words, ({ id, invalid, described, disabled }) => html`<input class="input short" type="date" id=${id} name=${name} min=${dayOf(new Date().toISOString())}
    .value=${dayOf(form.get(name))} ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described}
    @change=${(/** @type {Event} */ event) => form.put(name, timeOf(valueOf(event), true))} />`);
}
