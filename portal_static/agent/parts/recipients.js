/** Who gets the answer: the requester, and copies that can be taken off or added. */
import { html, nothing } from "../../shared/element.js";
import { clock, firstName, nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

/** @param {any} box the reply box */
export function recipients(box) {
  return html`<div class="recipients ${box.unfolded ? "unfolded" : ""}">
    <span>${t("reply.to")}</span><span class="pill" title=${box.ticket.requester.email} dir="auto"><span class="cut">${nameOf(box.ticket.requester)}</span></span>
    ${box.cc.length ? html`<span>${t("reply.cc")}</span>` : nothing}
    ${box.cc.map((/** @type {string} */ address) => copy(box, address))}
    ${box.adding ? field(box) : html`<button class="link t12" @click=${() => open(box)}>${t("reply.add_cc")}</button>`}
    <span class="grow"></span>
    <label class="quote-choice"><input type="checkbox" name="quote" .checked=${box.quote} @change=${(/** @type {any} */ event) => (box.quote = event.target.checked)} />${t("reply.quote")}</label>
    ${box.savedAt ? html`<span class="cut">${t("reply.saved", { time: clock(box.savedAt) })}</span>` : nothing}
  </div>`;
}

/** On a phone the row of receivers folds into this button. @param {any} box */
export function recipientsButton(box) {
  const more = box.cc.length ? ` +${box.cc.length}` : "";
  const fold = () => {
    box.unfolded = !box.unfolded;
    box.requestUpdate();
  };
  return html`<button class="to-button phone-only" aria-expanded=${String(Boolean(box.unfolded))} @click=${fold}>
    <span class="cut">${t("message.to", { names: firstName(nameOf(box.ticket.requester)) })}${more}</span>${icon("down", 12)}
  </button>`;
}

/** @param {any} box @param {string} address */
function copy(box, address) {
  const remove = () => (box.cc = box.cc.filter((/** @type {string} */ each) => each !== address));
  return html`<span class="pill"><span class="cut">${address}</span><button aria-label=${t("reply.remove_cc", { address })} @click=${remove}>${icon("x", 12)}</button></span>`;
}

/** @param {any} box */
function field(box) {
  /** @param {Event} event */
  const add = (event) => {
    const address = /** @type {HTMLInputElement} */ (event.target).value.trim();
    box.adding = false;
    if (/^\S+@\S+\.\S+$/.test(address) && !box.cc.includes(address)) box.cc = [...box.cc, address];
    box.requestUpdate();
  };
  /** @param {KeyboardEvent} event */
  const press = (event) => event.key === "Enter" && (event.preventDefault(), add(event));
  return html`<input class="cc-field" type="email" aria-label=${t("reply.add_cc")} placeholder="name@example.com" @blur=${add} @keydown=${press} />`;
}

/** @param {any} box */
async function open(box) {
  box.adding = true;
  box.requestUpdate();
  await box.updateComplete;
  box.querySelector(".cc-field")?.focus();
}
