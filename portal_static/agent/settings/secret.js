/** A secret that is shown this once: to copy, with an example, until the screen is left. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { Store } from "../../shared/store.js";

export const secretHeld = new Store(/** @type {{id: string, secret: string, copied: boolean} | null} */ (null));

/** @param {string} id of the record @param {string} secret */
export function holdSecret(id, secret) {
  secretHeld.set({ id, secret, copied: false });
  return true;
}

/** Forget the secret of a record. @param {string} id */
export function drop(id) {
  if (secretHeld.value?.id === id) secretHeld.set(null);
}

/** @param {string} text @param {boolean} [whole] the secret itself, which may then be left */
async function copy(text, whole = true) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return say({ bad: true, text: t("secret.not_copied") });
  }
  if (whole && secretHeld.value) secretHeld.set({ ...secretHeld.value, copied: true });
  say({ text: t("more.copied") });
}

/** @param {string | undefined} id @param {(secret: string) => string} example */
export function secretCard(id, example) {
  const held = secretHeld.value;
  if (!held || held.id !== id) return nothing;
  const { secret, copied } = held;
  return html`<section class="secret" aria-label=${t("secret.title")}>
    <div class="row g8">${icon("key")}<b class="grow">${t("secret.title")}</b></div>
    <p>${t("secret.text")}</p>
    <div class="secret-line"><input class="input mono grow" readonly aria-label=${t("secret.title")} .value=${secret} @focus=${(/** @type {any} */ event) => event.target.select()} />
      <button type="button" class="btn primary" @click=${() => copy(secret)}>${icon(copied ? "check" : "copy", 14)}${copied ? t("more.copied") : t("secret.copy")}</button></div>
    <div class="secret-example"><code class="mono">${example(secret)}</code>
      <button type="button" class="btn ghost tiny square" aria-label=${t("secret.copy_example")} title=${t("secret.copy_example")} @click=${() => copy(example(secret))}>${icon("copy", 12)}</button></div>
  </section>`;
}
