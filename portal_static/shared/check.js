/** What is wrong with a form before it is sent, in our words and the reader's language. */
import { ApiError } from "./api.js";
import { t } from "./i18n.js";

/**
 * The same shape as what the server refuses, or null; the first field that is wrong gets the focus.
 * Forms that are checked here are `novalidate`: the browser's own bubbles speak another language.
 * @param {HTMLFormElement} form @param {Record<string, string>} [pointers] of fields that have another name in the API
 */
export function check(form, pointers = {}) {
  const fields = /** @type {HTMLInputElement[]} */ ([...form.elements].filter((each) => /** @type {any} */ (each).willValidate));
  const wrong = fields.filter((field) => problem(field));
  wrong[0]?.focus();
  if (!wrong.length) return null;
  const errors = wrong.map((field) => ({ pointer: `/${pointers[field.name] || field.name}`, code: "invalid", message: problem(field) }));
  return new ApiError(422, { code: "invalid", errors });
}

/** @param {HTMLInputElement} field */
function problem({ value, required, validity }) {
  if (required && !value.trim()) return t("field.missing");
  if (validity.typeMismatch) return t("field.not_an_address");
  return validity.tooShort ? t("field.too_short") : "";
}
