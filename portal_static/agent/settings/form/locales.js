/** Words in several languages, each with a subject and a body. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { openMenu } from "../../../shared/parts/menu.js";
import { text } from "./parts.js";
import { addButton } from "./pick.js";
import { languageName, LANGUAGES } from "./rich-parts.js";
import { words } from "./words.js";

/** @param {import("../form.js").Form} form @param {string} name @param {string} label */
export function locales(form, name, label) {
  form.parts.set(name, { label, required: false });
  /** @type {Record<string, any>} */
  const all = form.get(name) || {};
  const tags = Object.keys(all);
  const problem = form.problem(name, true);
  const drop = (/** @type {string} */ tag) => form.put(name, Object.fromEntries(Object.entries(all).filter(([each]) => each !== tag)));
  const add = (/** @type {Event} */ event) => {
    const items = LANGUAGES.filter((tag) => !(tag in all)).map((tag) => ({ label: languageName(tag), hint: tag, run: () => form.put(name, { ...form.get(name), [tag]: { subject: "", body_html: "" } }) }));
    openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("variants.add"), items, search: true });
  };
  return html`${tags.map((tag) => html`<fieldset class="locale"><legend class="locale-head"><span class="w6">${languageName(tag)}</span><span class="i3">${tag}</span></legend>
      ${form.locked || tags.length < 2 ? nothing : html`<button type="button" class="btn ghost square small locale-drop" aria-label=${t("variants.remove", { language: languageName(tag) })} @click=${() => drop(tag)}>${icon("x", 14)}</button>`}
      ${text(form, `${name}.${tag}.subject`, { label: t("settings.field.subject"), optional: true })}
      ${words(form, `${name}.${tag}.body_html`, { label: t("settings.templates.words"), required: true, tag })}</fieldset>`)}
    ${problem ? html`<span class="hint bad">${icon("alert", 12)}${problem}</span>` : nothing}
    ${form.locked ? nothing : addButton(t("variants.add"), add)}`;
}
