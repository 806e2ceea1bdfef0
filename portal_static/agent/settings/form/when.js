/** A condition that is never, always, or asked of the ticket. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { condition } from "./rich-parts.js";

/** @param {any} kept @returns {boolean} */
const isAlways = (kept) => Boolean(kept && typeof kept === "object" && kept.all && !kept.all.length);

/** Names of conditions that somebody is about to write, though there is nothing in them yet. @type {WeakMap<object, Set<string>>} */
const begun = new WeakMap();

/**
 * `unset` is what null means: "never" or "always".
 * @param {import("../form.js").Form} form @param {string} name
 * @param {{label: string, unset: "never" | "always", hint?: any}} words
 */
export function when(form, name, { label, unset, hint }) {
  const kept = form.get(name);
  const names = begun.get(form) || new Set();
  begun.set(form, names);
  const state = isAlways(kept) ? "always" : kept ? "when" : names.has(name) ? "when" : unset;
  const choose = (/** @type {string} */ to) => {
    names.delete(name);
    if (to === "when") names.add(name);
    form.put(name, to === "always" && unset === "never" ? { all: [] } : null);
  };
  const choices = unset === "never" ? ["never", "always", "when"] : ["always", "when"];
  const problem = form.problem(name);
  if (state !== "when") form.parts.set(name, { label, required: false });
  return html`<fieldset class="field"><legend class="label">${label}</legend>
    <div class="segments" role="radiogroup" aria-label=${label}>${choices.map((id) => html`<button type="button" role="radio" name="${name}:${id}" aria-checked=${String(id === state)} ?disabled=${form.locked} @click=${() => choose(id)}>${t(`when.${id}`)}</button>`)}</div>
    ${state === "when" ? condition(form, name, { label: t("when.condition"), hint: hint || t("when.hint"), placeholder: "priority:urgent" }) : problem ? html`<span class="hint bad">${icon("alert", 12)}${problem}</span>` : nothing}
  </fieldset>`;
}
