/** Highlights of search as text and marks: the server's escaped text is read, never put in as markup. */
import { html } from "../../vendor/lit/index.js";

/** @type {Record<string, string>} */
const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&#39;": "'", "&amp;": "&" };
const BEFORE = 28; // characters left of the first mark that a single line keeps

/** @param {string} text */
const plain = (text) => text.replace(/&(?:lt|gt|quot|#x27|#39|amp);/g, (sign) => SIGNS[sign]);

/** @param {string} escaped with <mark> around what was found @param {boolean} [short] begin a little before the first mark */
export function highlighted(escaped, short = false) {
  const parts = escaped.split(/<mark>(.*?)<\/mark>/s).map(plain);
  if (short && parts.length > 1 && parts[0].length > BEFORE) parts[0] = `… ${parts[0].slice(-BEFORE).replace(/^\S*\s/, "")}`;
  return parts.map((part, at) => (at % 2 ? html`<mark>${part}</mark>` : part));
}
