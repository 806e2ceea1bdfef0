/** A menu beside what opened it: only what is allowed, by pointer and by keyboard, a search field from 8 items. */
import { html, nothing, render } from "../../vendor/lit/index.js";
import { t } from "../i18n.js";
import { keycaps } from "./badges.js";
import { icon } from "./icons.js";
import { place } from "./place.js";

const MANY = 7;

/**
 * @typedef {object} Item
 * @property {string} [id]
 * @property {string} label
 * @property {any} [icon] template
 * @property {string} [keys]
 * @property {string} [hint]
 * @property {boolean} [checked]
 * @property {boolean} [line] a line above
 * @property {string} [head] a caption above
 * @property {() => void} [run]
 */

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * Open a menu at `anchor`. Focus goes into it and back when it closes.
 * @param {HTMLElement} anchor
 * @param {{label: string, items: Item[], search?: boolean, free?: (text: string) => Item | null}} options
 *   `free` makes an item of what was typed
 */
export function openMenu(anchor, options) {
  const again = anchor.getAttribute("aria-expanded") === "true";
  closeOpen?.();
  if (again) return;
  const menu = new Menu(anchor, options);
  closeOpen = () => menu.close(false);
}

class Menu {
  /** @param {HTMLElement} anchor @param {any} options */
  constructor(anchor, options) {
    this.anchor = anchor;
    this.options = options;
    this.search = options.search || options.items.length > MANY;
    this.text = "";
    this.at = this.search ? 0 : Math.max(0, options.items.findIndex((/** @type {Item} */ item) => item.checked));
    this.box = document.createElement("div");
    this.box.className = "menu";
    this.box.popover = "auto";
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("toggle", (event) => /** @type {any} */ (event).newState === "closed" && this.close());
    (anchor.closest("dialog, main, aside, nav, section") || document.body).append(this.box);
    this.open();
  }

  open() {
    this.draw();
    this.box.showPopover();
    place(this.box, this.anchor);
    this.anchor.setAttribute("aria-expanded", "true");
    this.focus();
  }

  /** @param {boolean} [back] give the focus back */
  close(back = true) {
    if (!this.box.isConnected) return;
    const inside = this.box.contains(document.activeElement) || document.activeElement === document.body;
    this.anchor.setAttribute("aria-expanded", "false");
    this.box.remove();
    closeOpen = null;
    if (back && inside) this.anchor.focus();
  }

  /** @returns {Item[]} */
  get items() {
    const wanted = this.text.toLocaleLowerCase();
    const found = this.options.items.filter((/** @type {Item} */ item) => item.label.toLocaleLowerCase().includes(wanted));
    const made = this.text && this.options.free?.(this.text);
    return made ? [...found, made] : found;
  }

  /** @param {Item} item */
  pick(item) {
    this.close();
    item.run?.();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const count = this.items.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) this.at = (this.at + step + count) % count;
    else if (event.key === "Home" && !this.search) this.at = 0;
    else if (event.key === "End" && !this.search) this.at = count - 1;
    else if (event.key === "Enter" && this.items[this.at]) this.pick(this.items[this.at]);
    else if (event.key === "Tab") return this.close();
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
    this.draw();
    this.focus();
  }

  focus() {
    const target = this.box.querySelector(this.search ? "input" : ".item.on");
    /** @type {HTMLElement | null} */ (target)?.focus();
    this.box.querySelector(".item.on")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {InputEvent} event */
  type(event) {
    this.text = /** @type {HTMLInputElement} */ (event.target).value.trim();
    this.at = 0;
    this.draw();
  }

  draw() {
    const { label } = this.options;
    const found = this.items;
    render(
      html`${this.search
          ? html`<input class="input soft" role="combobox" aria-expanded="true" aria-controls="menu-items" placeholder=${label}
              aria-label=${label} aria-activedescendant=${found.length ? `menu-item-${this.at}` : nothing} @input=${this.type.bind(this)} />`
          : nothing}
        <div id="menu-items" role=${this.search ? "listbox" : "menu"} aria-label=${label}>
          ${found.map((item, at) => this.item(item, at))}
        </div>
        ${found.length ? nothing : html`<div class="menu-head" role="status">${t("menu.nothing")}</div>`}`,
      this.box,
    );
  }

  /** @param {Item} item @param {number} at */
  item(item, at) {
    const role = this.search ? "option" : item.checked === undefined ? "menuitem" : "menuitemradio";
    return html`${item.line ? html`<hr class="menu-line" />` : nothing}
      ${item.head ? html`<div class="menu-head" role="presentation">${item.head}</div>` : nothing}
      <button class="item ${at === this.at ? "on" : ""}" id="menu-item-${at}" role=${role} tabindex="-1"
        aria-checked=${role === "menuitemradio" ? String(item.checked) : nothing}
        aria-selected=${role === "option" ? String(at === this.at) : nothing}
        @click=${() => this.pick(item)}>
        ${item.icon ?? nothing}<span class="grow cut" dir="auto">${item.label}</span>
        ${item.hint ? html`<span class="t12 i3">${item.hint}</span>` : nothing}
        ${item.checked ? html`<span class="tick">${icon("check", 14)}</span>` : nothing} ${keycaps(item.keys)}
      </button>`;
  }
}
