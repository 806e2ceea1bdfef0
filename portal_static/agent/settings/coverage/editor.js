/** The small editors of a shift and of a leave, in a dialog. */
import { html, nothing, render } from "../../../vendor/lit/index.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { Form } from "../form.js";
import { conflictCard } from "../conflict.js";

/** @typedef {import("../records.js").Row} Row */

/**
 * Open an editor; it closes when what is in it was kept.
 * @param {object} about
 * @param {import("../records.js").Records} about.records
 * @param {Row | null} about.row null for a new one
 * @param {Record<string, any>} about.fresh
 * @param {string} about.title
 * @param {string} about.add the words of the button for a new one
 * @param {(form: Form) => any} about.fields
 * @param {(row: Row, isNew: boolean) => void} about.kept
 * @param {(row: Row) => void} about.remove
 */
export function openEditor({ records, row, fresh, title, add, fields, kept, remove }) {
  const body = (/** @type {Record<string, any>} */ values) => Object.fromEntries(Object.entries(values).filter(([, value]) => row || (value !== null && value !== "")));
  const form = new Form({ records, body }, row, fresh);
  const dialog = document.createElement("dialog");
  dialog.className = "dialog cov-editor";
  dialog.setAttribute("aria-label", title);
  document.body.append(dialog);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const saved = !row || form.isDirty ? await form.save() : row;
    if (!saved) return;
    dialog.close();
    if (saved !== row) kept(saved, !row);
  };
  const drop = () => {
    dialog.close();
    remove(/** @type {Row} */ (row));
  };
  const draw = () => render(frame(form, { title, add, fields, submit, drop, cancel: () => dialog.close() }), dialog);
  const end = form.watch(draw);
  draw();
  dialog.showModal();
  dialog.addEventListener("close", () => {
    end();
    dialog.remove();
  });
}

/** @param {Form} form @param {any} about */
function frame(form, { title, add, fields, submit, drop, cancel }) {
  const { busy, conflict } = form.value;
  const content = fields(form);
  const { trouble } = form;
  return html`<header><h2 class="t16 grow">${title}</h2><button type="button" class="btn ghost square" aria-label=${t("action.close")} @click=${cancel}>${icon("x")}</button></header>
    <form class="body" id="coverage-form" novalidate @submit=${submit}>${conflict ? conflictCard(form, () => {}) : nothing}
      ${trouble ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${trouble}</span></div>` : nothing}${content}</form>
    <footer>${form.isNew ? nothing : html`<button type="button" class="btn ghost" @click=${drop}>${icon("trash", 14)}${t("coverage.delete")}</button>`}<span class="grow"></span>
      <button type="button" class="btn second" @click=${cancel}>${t("action.cancel")}</button>
      <button class="btn primary" form="coverage-form" ?disabled=${busy}>${form.isNew ? add : t("coverage.save")}</button></footer>`;
}
