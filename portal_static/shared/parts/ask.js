/** A question before something is lost. Its title is the question, its button the answer. */
import { html, nothing, render } from "../../vendor/lit/index.js";
import { t } from "../i18n.js";
import { icon } from "./icons.js";

/**
 * Resolves to true once it was answered and done.
 * @param {object} about
 * @param {string} about.title
 * @param {any} about.text
 * @param {string} about.action
 * @param {any} [about.more] fields below the text
 * @param {boolean} [about.danger]
 * @param {() => Promise<any>} [about.run] done before the dialog closes; what it throws is shown in it
 * @param {(error: any) => any} [about.refused] the words for what it throws
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, action, more = nothing, danger = false, run = async () => {}, refused = (error) => error.detail || error.message }) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog ask";
  dialog.setAttribute("aria-label", title);
  document.body.append(dialog);
  let problem = /** @type {any} */ ("");
  let done = false;
  const answer = async () => {
    try {
      await run();
      done = true;
      dialog.close();
    } catch (error) {
      problem = error;
      draw();
    }
  };
  const draw = () =>
    render(
      html`<header><h2 class="t16 grow">${title}</h2></header>
        <div class="body"><p class="i2">${text}</p>${more}
          ${problem ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${refused(problem)}</span></div>` : nothing}</div>
        <footer><span class="grow"></span>
          <button class="btn second" @click=${() => dialog.close()}>${t("action.cancel")}</button>
          <button class="btn ${danger ? "danger" : "primary"}" autofocus @click=${answer}>${action}</button></footer>`,
      dialog,
    );
  draw();
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(done);
    });
  });
}
