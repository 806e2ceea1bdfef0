/** The options of a field that is chosen from: label, id, and the branch of a tree that each hangs on. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { slug } from "../slug.js";
import { lineOf } from "../tree.js";
import { append, plusButton } from "./pick.js";
import { rows } from "./rows.js";
import { valueOf } from "./parts.js";

/** @typedef {import("../form.js").Form} Form */

/** Another label of an option that is not kept yet gives it another id, also where others hang on it. @param {Form} form @param {number} at @param {string} label */
function rename(form, at, label) {
  /** @type {any[]} */
  const options = form.get("options");
  const before = options[at];
  const id = before.auto ? slug(label, "option") : before.id;
  form.put("options", options.map((one, each) => (each === at ? { ...one, label, id } : one.parent_id === before.id && before.id !== id ? { ...one, parent_id: id } : one)));
}

/** @param {Form} form @param {boolean} tree */
export function optionsEditor(form, tree) {
  /** @type {any[]} */
  const options = form.get("options") || [];
  const called = (/** @type {number} */ at) => options[at]?.label || String(at + 1);
  const row = (/** @type {number} */ at) => {
    const one = options[at];
    if (!one) return nothing;
    const bad = String(Boolean(form.problem(`options.${at}`)));
    return html`<div class="option-line ${tree ? "of-tree" : ""}" data-archived=${String(Boolean(one.archived))}>
      <input class="input" aria-label=${t("options.label", { n: at + 1 })} name="options.${at}.label" dir="auto" maxlength="250" .value=${one.label} ?disabled=${form.locked} aria-invalid=${bad} @input=${(/** @type {Event} */ event) => rename(form, at, valueOf(event))} />
      <input class="input mono" aria-label=${t("options.id", { n: at + 1 })} name="options.${at}.id" maxlength="60" .value=${one.id} placeholder=${t("options.id_short")} ?disabled=${form.locked || !one.fresh} spellcheck="false"
        @input=${(/** @type {Event} */ event) => form.put(`options.${at}`, { ...one, id: valueOf(event), auto: false })} />
      ${tree ? html`<select class="input" aria-label=${t("options.parent", { n: at + 1 })} name="options.${at}.parent_id" ?disabled=${form.locked} @change=${(/** @type {Event} */ event) => form.put(`options.${at}.parent_id`, valueOf(event) || null)}>
        <option value="" .selected=${!one.parent_id}>${t("options.top")}</option>
        ${options.filter((other) => other.id && other !== one && !lineOf(options, other.id).some(({ id }) => id === one.id)).map((other) => html`<option value=${other.id} .selected=${other.id === one.parent_id}>${lineOf(options, other.id).map(({ label }) => label).join(" › ")}</option>`)}</select>` : nothing}
      ${one.archived ? html`<span class="row g8 t12 i3">${t("options.archived")}${form.locked ? nothing : html`<button type="button" class="link" @click=${() => form.put(`options.${at}.archived`, false)}>${t("archive.bring_back")}</button>`}</span>` : nothing}
    </div>`;
  };
  return rows(form, "options", {
    label: t("options.title"), hint: t("options.hint"), required: true, row, called,
    add: plusButton(t("options.add"), () => append(form, "options", { id: "", label: "", parent_id: null, archived: false, fresh: true, auto: true })),
  });
}

/** As the API takes them. @param {any[]} options @param {boolean} tree */
export const optionsBody = (options, tree) => (options || []).map(({ id, label, parent_id, archived }) => ({ id, label, ...(tree ? { parent_id: parent_id || null } : {}), ...(archived ? { archived } : {}) }));
