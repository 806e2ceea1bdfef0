/** Some of many, in an order: chosen from a menu, moved by handles. */
import { html } from "../../../shared/element.js";
import { icon } from "../../../shared/parts/icons.js";
import { openMenu } from "../../../shared/parts/menu.js";
import { rows } from "./rows.js";

/**
 * A list of ids, kept in its order.
 * @param {import("../form.js").Form} form @param {string} name
 * @param {{label: string, hint?: any, required?: boolean, empty?: string, fixed?: boolean, add: string, options: {id: string, label: string, hint?: string}[]}} words
 */
export function pick(form, name, { add, options, ...words }) {
  /** @type {string[]} */
  const chosen = form.get(name) || [];
  const called = (/** @type {number} */ at) => options.find(({ id }) => id === chosen[at])?.label || chosen[at] || "";
  const row = (/** @type {number} */ at) => html`<span class="line-name" dir="auto">${called(at)}</span>${hintOf(options, chosen[at])}`;
  const open = (/** @type {Event} */ event) => {
    const items = options.filter(({ id }) => !chosen.includes(id)).map(({ id, label, hint }) => ({ label, hint, run: () => form.put(name, [...(form.get(name) || []), id]) }));
    openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: add, items, search: items.length > 7 });
  };
  const button = addButton(add, open, chosen.length >= options.length);
  return rows(form, name, { ...words, row, called, add: button });
}

/** @param {{id: string, hint?: string}[]} options @param {string} id */
const hintOf = (options, id) => html`<span class="t12 i3 cut">${options.find((option) => option.id === id)?.hint || ""}</span>`;

/** @param {string} label @param {(event: Event) => void} run @param {boolean} [off] */
export const addButton = (label, run, off = false) =>
  html`<div><button type="button" class="btn second small" aria-haspopup="menu" aria-expanded="false" ?disabled=${off} @click=${run}>${icon("plus", 14)}${label}</button></div>`;

/** One more at the end of a list. @param {import("../form.js").Form} form @param {string} name @param {any} value */
export function append(form, name, value) {
  form.put(name, [...(form.get(name) || []), value]);
  requestAnimationFrame(() => {
    const all = document.getElementById(`set-${name}`)?.querySelectorAll(".line");
    /** @type {HTMLElement | null | undefined} */ (all?.[all.length - 1]?.querySelector(".line-body :is(input, select, .editor)"))?.focus();
  });
}

/** A button that adds one. @param {string} label @param {() => void} run */
export const plusButton = (label, run) => html`<div><button type="button" class="btn second small" @click=${run}>${icon("plus", 14)}${label}</button></div>`;

