/** Base of all components: Lit in light DOM, so that one set of layered sheets styles every screen. */
import { LitElement } from "../vendor/lit/index.js";
import { Watch } from "./store.js";

export { html, nothing, svg } from "../vendor/lit/index.js";

export class Component extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Draw again when one of the stores changes. @param {...import("./store.js").Watchable} stores */
  watches(...stores) {
    return new Watch(this, ...stores);
  }

  /** Tell the component around this one. @param {string} type @param {any} [detail] */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}
