/** Places in a text that a template could not fill: [[time?]]. They are marked, and nothing is sent while they stand. */

const BLANK = /\[\[[^\][]{1,60}\?\]\]/g;

/** Their names. @param {string} text @returns {string[]} */
export const blanksIn = (text) => (text.match(BLANK) || []).map((blank) => blank.slice(2, -3));

/** Their ranges in an element. @param {Element} area @returns {Range[]} */
export function rangesOf(area) {
  const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const match of (node.nodeValue || "").matchAll(BLANK)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      found.push(range);
    }
  }
  return found;
}

/** Mark them without touching the text. @param {Element} area */
export function markBlanks(area) {
  const marks = /** @type {any} */ (CSS).highlights;
  if (!marks) return;
  const ranges = rangesOf(area);
  if (ranges.length) marks.set("blank-place", new /** @type {any} */ (window).Highlight(...ranges));
  else marks.delete("blank-place");
}

/** Select the first, so that typing replaces it. @param {Element} area */
export function selectBlank(area) {
  const [range] = rangesOf(area);
  if (!range) return;
  /** @type {HTMLElement} */ (area).focus();
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
