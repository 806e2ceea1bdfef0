/** Under the text: formats, files, and the ways to send. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { keycaps, statusIcon } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { statusOf } from "../state/catalogue.js";
import { laterMenu } from "../state/later.js";
import { openLinkDialog } from "./link-dialog.js";

/** @type {("bold" | "italic" | "list" | "quote" | "code")[]} */
const FORMATS = ["bold", "italic", "list", "quote", "code"];

/** @param {any} box the reply box */
export function replyBar(box) {
  const { editor, pending } = box;
  return html`<div class="reply-bar">
    <div class="row formats" role="toolbar" aria-label=${t("reply.formats")}>
      ${FORMATS.map((format) => html`<button class="btn ghost square format" title=${t(`format.${format}`)} aria-label=${t(`format.${format}`)}
        aria-pressed=${String(Boolean(editor?.has?.(format)))} @mousedown=${stay} @click=${() => editor.toggle(format)}>${icon(format)}</button>`)}
      <button class="btn ghost square format" title=${t("format.link")} aria-label=${t("format.link")} @mousedown=${stay} @click=${() => openLinkDialog(editor)}>${icon("link")}</button>
    </div>
    <button class="btn ghost square" title=${t("reply.attach")} aria-label=${t("reply.attach")} @click=${() => pick(box)}>${icon("clip")}</button>
    <button class="btn ghost square" title=${t("macro.title")} aria-label=${t("macro.title")} aria-expanded=${String(Boolean(box.answers.picking))} @click=${() => box.answers.open()}>${icon("bolt")}</button>
    <span class="grow"></span>
    ${pending ? html`<span class="t12 i3 waits">${t("reply.waits", { n: pending })}</span>` : nothing}
    ${box.kind === "note" ? addNote(box) : ways(box)}
  </div>`;
}

/** The selection in the text must not get lost. @param {Event} event */
const stay = (event) => event.preventDefault();

/** @param {any} box */
function addNote(box) {
  return html`<button class="btn note small" ?disabled=${box.pending > 0} @click=${() => box.send()}>${t("reply.add_note")} ${keycaps("mod+enter")}</button>`;
}

/** @param {any} box */
function ways(box) {
  const solvable = statusOf(box.ticket.status.id).next.includes("solved");
  const off = box.pending > 0;
  return html`${solvable && !off
      ? html`<button class="btn second small send-solve" @click=${() => box.send("solved")}>${t("reply.send_solve")}</button>`
      : nothing}
    <span class="split">
      <button class="btn primary small send" ?disabled=${off} @click=${() => box.send()}><span class="send-word">${t("reply.send")}</span><span class="send-sign">${icon("send", 20)}</span> ${keycaps("mod+enter")}</button>
      <button class="btn primary small" ?disabled=${off} aria-label=${t("reply.ways")} aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => menu(event, box)}>${icon("down", 14)}</button>
    </span>`;
}

/** @param {Event} event @param {any} box */
function menu(event, box) {
  const anchor = /** @type {HTMLElement} */ (event.currentTarget);
  const next = statusOf(box.ticket.status.id).next;
  const items = [
    ...(next.includes("waiting") ? [{ label: t("reply.send_wait"), icon: statusIcon("waiting"), run: () => box.send("waiting") }] : []),
    ...(next.includes("solved") ? [{ label: t("reply.send_solve"), icon: statusIcon("solved"), keys: "mod+shift+enter", run: () => box.send("solved") }] : []),
    { label: t("reply.send_next"), icon: icon("arrow"), run: () => box.send(undefined, true) },
    ...later(anchor, box, next),
  ];
  openMenu(anchor, { label: t("reply.ways"), items });
}

/** Later, with the status that the ticket gets then. @param {HTMLElement} anchor @param {any} box @param {string[]} next */
function later(anchor, box, next) {
  const ways = /** @type {[string, string | undefined][]} */ ([["reply.send_later", undefined], ["reply.later_wait", "waiting"], ["reply.later_solve", "solved"]]);
  return ways.filter(([, status]) => !status || next.includes(status)).map(([key, status]) => ({ label: t(key), icon: icon("clock"), line: !status, run: () => laterMenu(anchor, (at) => box.send(status, false, at)) }));
}

/** @param {any} box */
function pick(box) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.onchange = () => input.files && box.attach(input.files);
  input.click();
}
