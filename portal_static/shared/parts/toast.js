/** One sentence at the bottom, at most with one action; it waits while somebody reads it. */
import { Component, html, nothing } from "../element.js";
import { Store } from "../store.js";
import { t } from "../i18n.js";
import { keycaps } from "./badges.js";
import { icon } from "./icons.js";

const SHOWN = 10; // seconds

/** @typedef {{text: string, bad?: boolean, action?: {label: string, keys?: string, run: () => void}}} Toast */

export const currentToast = new Store(/** @type {Toast | null} */ (null));

/** Show a toast in place of the one there. @param {Toast} toast */
export function say(toast) {
  currentToast.set(toast);
}

/** Take an offer back: what it would undo is no longer what was done last. */
export function withdraw() {
  if (currentToast.value?.action) currentToast.set(null);
}

/** Run the action of the toast there is; false when there is none. */
export function actOnToast() {
  const action = currentToast.value?.action;
  if (!action) return false;
  currentToast.set(null);
  action.run();
  return true;
}

class ToastRegion extends Component {
  constructor() {
    super();
    this.watches(currentToast);
    this.left = SHOWN;
    /** @type {Toast | null} */
    this.shown = null;
    this.held = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.setAttribute("popover", "manual");
    this.classList.add("toasts");
  }

  updated() {
    const toast = currentToast.value;
    if (toast === this.shown) return;
    this.shown = toast;
    clearInterval(this.timer);
    this.left = SHOWN;
    this.togglePopover(Boolean(toast));
    if (toast) this.timer = setInterval(() => this.tick(), 1000);
  }

  tick() {
    if (this.held) return;
    this.left -= 1;
    if (this.left <= 0) currentToast.set(null);
    else this.requestUpdate();
  }

  /** @param {boolean} held */
  hold(held) {
    this.held = held;
  }

  render() {
    const toast = currentToast.value;
    if (!toast) return nothing;
    return html`<div
      class="toast"
      role=${toast.bad ? "alert" : "status"}
      @pointerenter=${() => this.hold(true)}
      @pointerleave=${() => this.hold(false)}
      @focusin=${() => this.hold(true)}
      @focusout=${() => this.hold(false)}
    >
      ${toast.bad ? html`<span class="bad">${icon("alert")}</span>` : countdown(this.left / SHOWN, 18)}
      <span class="grow">${toast.text}</span>
      ${toast.action ? html`<button class="act" @click=${actOnToast}>${toast.action.label} ${keycaps(toast.action.keys)}</button>` : nothing}
      ${toast.action ? nothing : html`<button class="act" aria-label=${t("action.dismiss")} @click=${() => currentToast.set(null)}>${icon("x", 14)}</button>`}
    </div>`;
  }
}

/** A ring that empties. @param {number} share 0..1 @param {12 | 18} size px */
export function countdown(share, size = 12) {
  const around = 28.9;
  return html`<svg class="ring" width=${size} height=${size} viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
    <circle cx="6" cy="6" r="4.6" opacity=".26" />
    <circle cx="6" cy="6" r="4.6" stroke-dasharray="${(share * around).toFixed(1)} ${around}" />
  </svg>`;
}

customElements.define("toast-region", ToastRegion);
