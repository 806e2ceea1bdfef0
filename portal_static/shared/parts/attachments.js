/** Files of a message as cards; pictures show a thumbnail. */
import { html, nothing } from "../../vendor/lit/index.js";
import { size } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "./icons.js";

const DRAWABLE = /^image\/(png|jpe?g|gif|webp|avif)$/;

/**
 * @param {{id: string, filename: string, content_type: string, size: number, inline: boolean}[]} attachments
 * @param {string} path where the API serves them, for example "/v1/attachments"
 */
export function attachmentCards(attachments, path) {
  const cards = attachments.filter((file) => !file.inline);
  if (!cards.length) return nothing;
  return html`<div class="attachments">${cards.map((file) => card(file, `${path}/${file.id}`))}</div>`;
}

/** @param {any} file @param {string} href */
function card(file, href) {
  const picture = DRAWABLE.test(file.content_type);
  return html`<a class="attachment" href=${href} target="_blank" rel="noopener" title=${file.filename}>
    <span class="thumb ${picture ? "" : "plain"}">${picture ? html`<img src=${href} alt="" loading="lazy" />` : icon("file")}</span>
    <span class="cut"><span class="w5" dir="auto">${file.filename}</span><br /><bdi class="i3 num">${size(file.size)}</bdi></span>
  </a>`;
}

/** A file on its way. @param {import("../uploads.js").Upload} upload @param {() => void} remove */
export function uploadCard(upload, remove) {
  const { state, sent, reason } = upload.value;
  const { name, size: total } = upload.file;
  const share = total ? Math.min(100, Math.round((100 * sent) / total)) : 0;
  const line = { sending: t("upload.progress", { share, size: size(total) }), done: size(total), failed: reason }[state];
  return html`<span class="attachment ${state === "failed" ? "bad" : ""}">
    <span class="thumb plain">${icon(state === "failed" ? "alert" : "file")}</span>
    <span class="cut"><span class="w5" dir="auto">${name}</span><br /><bdi class="num ${state === "failed" ? "c-red" : "i3"}">${line}</bdi></span>
    ${state === "sending" ? html`<progress class="progress" max="100" value=${share} aria-label=${name}></progress>` : nothing}
    ${state === "failed" ? html`<button class="btn ghost tiny square" aria-label=${t("action.retry")} @click=${() => upload.start()}>${icon("refresh", 12)}</button>` : nothing}
    <button class="btn ghost tiny square" aria-label=${t("upload.remove", { name })} @click=${remove}>${icon("x", 12)}</button>
  </span>`;
}
