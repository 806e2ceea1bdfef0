/** Rich text as mail can carry it: Squire in a box that Lit leaves alone. */
import Squire from "../vendor/squire/squire.js";
import DOMPurify from "../vendor/dompurify/purify.js";
import { Component } from "../shared/element.js";

const ALLOWED = {
  ALLOWED_TAGS: ["p", "br", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "div", "span"],
  ALLOWED_ATTR: ["href", "dir", "lang"],
  RETURN_DOM_FRAGMENT: true,
};

/** @param {string} html */
function sanitise(html) {
  const fragment = DOMPurify.sanitize(html, ALLOWED);
  return document.importNode(/** @type {DocumentFragment} */ (/** @type {unknown} */ (fragment)), true);
}

/** Tells "change" when the text changes and "format" when the caret moves. */
class RichEditor extends Component {
  static properties = { label: {}, placeholder: {} };

  constructor() {
    super();
    this.label = "";
    this.placeholder = "";
    /** @type {any} */
    this.editor = null;
  }

  firstUpdated() {
    this.area = document.createElement("div");
    this.area.className = "editor";
    this.area.dir = "auto";
    this.area.setAttribute("role", "textbox");
    this.area.setAttribute("aria-multiline", "true");
    this.append(this.area);
    this.editor = new Squire(this.area, { blockTag: "P", sanitizeToDOMFragment: sanitise });
    this.editor.addEventListener("input", () => this.changed());
    this.editor.addEventListener("pathChange", () => this.tell("format"));
    this.mark();
  }

  updated() {
    this.area?.setAttribute("aria-label", this.label);
    if (this.area) this.area.dataset.placeholder = this.placeholder;
  }

  changed() {
    this.mark();
    this.tell("change");
  }

  mark() {
    this.area?.classList.toggle("blank", this.blank);
  }

  get blank() {
    return !this.area?.textContent?.trim() && !this.area?.querySelector("li, blockquote");
  }

  /** HTML, "" when nothing was written. */
  get value() {
    return this.blank ? "" : String(this.editor.getHTML()).replace(/(<p><br><\/p>)+$/, "");
  }

  set value(html) {
    this.editor.setHTML(html);
    this.mark();
  }

  /** What stands before the caret in its line, and what takes it away. */
  get begun() {
    const selection = getSelection();
    const node = selection?.anchorNode;
    if (!node || !selection.isCollapsed || !this.area?.contains(node)) return "";
    const block = (node instanceof Element ? node : node.parentElement)?.closest("p, div, li");
    if (!block) return "";
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, selection.anchorOffset);
    return range.toString();
  }

  /** Put HTML where the caret is, in place of the last `less` characters before it. @param {string} html @param {number} [less] */
  insert(html, less = 0) {
    this.editor.focus();
    const selection = getSelection();
    for (let at = 0; at < less; at += 1) selection?.modify("extend", "backward", "character");
    if (this.blank || (less && this.area?.textContent?.trim().length === less)) this.value = "";
    this.editor.insertHTML(html);
    this.changed();
  }

  focus() {
    this.editor?.focus();
    this.editor?.moveCursorToEnd();
  }

  /** @param {"bold" | "italic" | "list" | "quote" | "code"} format */
  has(format) {
    const tag = { bold: "B", italic: "I", list: "UL", quote: "BLOCKQUOTE", code: "CODE" }[format];
    return Boolean(this.editor?.hasFormat(tag));
  }

  /** Switch a format at the selection. @param {"bold" | "italic" | "list" | "quote" | "code"} format */
  toggle(format) {
    const { editor } = this;
    const on = this.has(format);
    if (format === "bold") on ? editor.removeBold() : editor.bold();
    else if (format === "italic") on ? editor.removeItalic() : editor.italic();
    else if (format === "list") on ? editor.removeList() : editor.makeUnorderedList();
    else if (format === "quote") on ? editor.decreaseQuoteLevel() : editor.increaseQuoteLevel();
    else editor.toggleCode();
    editor.focus();
  }

  /** @param {string} url "" removes the link */
  link(url) {
    url ? this.editor.makeLink(url) : this.editor.removeLink();
    this.editor.focus();
  }
}

customElements.define("rich-editor", RichEditor);
