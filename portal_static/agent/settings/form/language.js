/** One language, or none. */
import { select } from "./parts.js";
import { languageName, LANGUAGES } from "./rich-parts.js";

/** @param {import("../form.js").Form} form @param {string} name @param {import("./parts.js").Words & {none?: string, also?: string}} words `also`: one that is kept and not among ours */
export function language(form, name, { also = "", ...words }) {
  const tags = [...new Set([...LANGUAGES, ...(also ? [also] : [])])];
  const options = tags.map((tag) => ({ id: tag, label: languageName(tag) })).sort((one, other) => one.label.localeCompare(other.label));
  return select(form, name, { ...words, options });
}
