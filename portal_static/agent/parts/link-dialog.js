/** Asks for the address of a link. */
import { html, render } from "../../vendor/lit/index.js";
import { t } from "../../shared/i18n.js";

/** @param {any} editor */
export function openLinkDialog(editor) {
  const range = editor.editor.getSelection();
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", t("format.link"));
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const input = /** @type {HTMLInputElement | null} */ (dialog.querySelector("input"));
    const address = dialog.returnValue === "set" ? input?.value.trim() : undefined;
    dialog.remove();
    editor.editor.setSelection(range);
    if (address !== undefined) editor.link(absolute(address));
  });
  render(content(() => dialog.close()), dialog);
  dialog.showModal();
}

/** @param {() => void} cancel */
function content(cancel) {
  return html`<form method="dialog" class="dialog-form">
    <label class="field"><span class="label">${t("link.address")}</span><input class="input" name="url" inputmode="url" placeholder="https://" autocomplete="off" /></label>
    <div class="row g8"><span class="grow"></span>
      <button type="button" class="btn second" @click=${cancel}>${t("action.cancel")}</button>
      <button class="btn primary" value="set">${t("link.set")}</button>
    </div>
  </form>`;
}

/** @param {string} address */
const absolute = (address) => (!address || /^(https?:|mailto:)/i.test(address) ? address : `https://${address}`);
