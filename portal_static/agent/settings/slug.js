/** An id out of what people call a thing: lower case letters, digits, dashes. */

const LETTERS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "oe", å: "aa" };

/** @param {string} label @param {string} [instead] where nothing of it can be an id */
export function slug(label, instead = "x") {
  const plain = label.toLowerCase().replace(/[äöüßæøå]/g, (sign) => /** @type {Record<string, string>} */ (LETTERS)[sign]).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const id = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 50);
  return /^[a-z]/.test(id) ? id : id ? `${instead}-${id}` : instead;
}
