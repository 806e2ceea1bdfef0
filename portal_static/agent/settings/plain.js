/** Any value as a reader takes it. */
import { list, moment, number } from "../../shared/format.js";
import { hasText, t } from "../../shared/i18n.js";

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** @param {any} value @returns {string} */
export function plain(value) {
  if (value === null || value === undefined || value === "") return t("plain.nothing");
  if (typeof value === "boolean") return value ? t("plain.yes") : t("plain.no");
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return value.map(plain).join(" · ") || t("plain.nothing");
  if (typeof value === "object") return value.name || value.label || parts(value) || t("plain.nothing");
  return TIME.test(value) ? moment(value) : value;
}

/** @param {Record<string, any>} value */
const parts = (value) => list(Object.entries(value).filter(([, each]) => each !== "" && each !== null).map(([name, each]) => `${name}: ${plain(each)}`));

/** The name of a field as the API calls it, in the reader's words. @param {string} name */
export const fieldName = (name) => (hasText(`settings.field.${name}`) ? t(`settings.field.${name}`) : name.replaceAll("_", " "));
