/** Addresses of screens: history API below a base path (agent), or the hash (portal, whose links hold tokens). */
import { Store } from "./store.js";

/** @extends {Store<string>} the path below the base, beginning with a slash */
export class Router extends Store {
  /** @param {{base: string, hash?: boolean}} options */
  constructor({ base, hash = false }) {
    super("/");
    this.base = base;
    this.hash = hash;
    /** Asked before a screen is left: true stays for now; `leave` goes on. @type {((leave: () => void) => boolean) | null} */
    this.guard = null;
    this.value = this.read();
    addEventListener(hash ? "hashchange" : "popstate", () => this.moved());
    document.addEventListener("click", (event) => this.follow(event));
  }

  read() {
    if (this.hash) return location.hash.slice(1) || "/";
    return location.pathname.startsWith(this.base) ? (location.pathname.slice(this.base.length) || "/") + location.search : "/";
  }

  /** The browser went back or forth by itself. */
  moved() {
    const to = this.read();
    if (this.guard?.(() => this.go(to))) history.pushState(null, "", this.href(this.value));
    else this.set(to);
  }

  /** The parts between the slashes, decoded. @returns {string[]} */
  get parts() {
    return this.value.split("?")[0].split("/").filter(Boolean).map(decodeURIComponent);
  }

  /** What follows the question mark. */
  get query() {
    return new URLSearchParams(this.value.split("?")[1]);
  }

  /** @param {string} path */
  href(path) {
    return this.hash ? `#${path}` : this.base + path;
  }

  /** @param {string} path @param {{replace?: boolean}} [options] */
  go(path, { replace = false } = {}) {
    if (this.guard?.(() => this.go(path, { replace }))) return;
    history[replace ? "replaceState" : "pushState"](null, "", this.href(path));
    this.set(path);
  }

  /** Take over plain clicks on links to our own screens. @param {MouseEvent} event */
  follow(event) {
    if (this.hash || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = /** @type {Element} */ (event.target).closest?.("a[href]");
    const href = link?.getAttribute("href") || "";
    if (!href.startsWith(`${this.base}/`) || link?.hasAttribute("target")) return;
    event.preventDefault();
    this.go(href.slice(this.base.length));
  }
}
