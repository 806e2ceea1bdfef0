/**
 * The body of a message in a frame of its own: no scripts, no styling of the sender's, no reach into the app.
 * The server has sanitised it; DOMPurify is the second lock on the same door.
 */
import DOMPurify from "../../vendor/dompurify/purify.js";
import { Component, html } from "../element.js";
import { langOf } from "../format.js";
import { dispatchKey } from "../keys.js";
import { prefs, themeNow } from "../prefs.js";

const SHEETS = ["tokens", "fonts", "reset", "base", "mail"].map((name) => `<link rel="stylesheet" href="/styles/${name}.css">`).join("");
const CLEAN = { FORBID_TAGS: ["style", "form", "input", "button", "base", "link", "meta"], FORBID_ATTR: ["style", "target"], WHOLE_DOCUMENT: false };

/** Keys pressed inside a frame are the screen's; the agent app sets its own. @type {() => import("../keys.js").Binding[]} */
let bindings = () => [];

/** @param {() => import("../keys.js").Binding[]} source */
export function frameKeys(source) {
  bindings = source;
}

class MailBody extends Component {
  static properties = { body: {}, label: {}, size: {} };

  constructor() {
    super();
    this.watches(prefs);
    this.body = "";
    this.label = "";
    this.size = "14";
    this.source = "";
    this.made = "";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer?.disconnect();
  }

  /** The document of the frame; made anew only when what it shows has changed. */
  document() {
    const key = this.body + themeNow() + this.size;
    if (key === this.made) return this.source;
    this.made = key;
    const clean = DOMPurify.sanitize(this.body, CLEAN);
    const lang = langOf(clean.replace(/<[^>]+>/g, " "));
    this.source = `<!doctype html><html${lang ? ` lang="${lang}"` : ""} data-theme="${themeNow()}" data-size="${this.size}"><head><meta charset="utf-8"><base target="_blank">${SHEETS}</head><body dir="auto">${clean}</body></html>`;
    return this.source;
  }

  /** @param {Event} event */
  loaded(event) {
    const frame = /** @type {HTMLIFrameElement} */ (event.target);
    const inner = frame.contentDocument;
    if (!inner) return;
    for (const link of inner.links) link.rel = "noopener noreferrer";
    inner.addEventListener("keydown", (press) => dispatchKey(press, bindings()));
    const fit = () => frame.style.setProperty("height", `${Math.ceil(inner.documentElement.getBoundingClientRect().height)}px`);
    this.observer?.disconnect();
    this.observer = new ResizeObserver(fit);
    this.observer.observe(inner.documentElement);
    fit();
  }

  render() {
    return html`<iframe
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer"
      scrolling="no"
      title=${this.label}
      .srcdoc=${this.document()}
      @load=${this.loaded}
    ></iframe>`;
  }
}

customElements.define("mail-body", MailBody);
