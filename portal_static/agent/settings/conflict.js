/** Somebody else has changed the same record meanwhile: what differs, and whose word counts. */
import { html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { plain } from "./plain.js";

/** @param {import("./form.js").Form} form @param {() => void} save */
export function conflictCard(form, save) {
  const { current, names } = /** @type {any} */ (form.value.conflict);
  const keep = () => {
    form.settle(false);
    save();
  };
  return html`<div class="alert care" role="alert">${icon("alert")}<div class="grow">
    <p><b>${t("conflict.title")}</b> ${names.length ? t("conflict.text") : t("conflict.elsewhere")}</p>
    ${names.length
      ? html`<table class="differences"><thead><tr><th scope="col">${t("conflict.field")}</th><th scope="col">${t("conflict.theirs")}</th><th scope="col">${t("conflict.ours")}</th></tr></thead>
          <tbody>${names.map((/** @type {string} */ name) => html`<tr><th scope="row">${form.parts.get(name)?.label || name}</th><td dir="auto">${plain(current[name])}</td><td dir="auto">${plain(form.get(name))}</td></tr>`)}</tbody></table>`
      : ""}
    <div class="row g8"><button type="button" class="btn second small" @click=${() => form.settle(true)}>${t("conflict.take_theirs")}</button>
      <button type="button" class="btn second small" @click=${keep}>${t("conflict.keep_ours")}</button></div>
  </div></div>`;
}
