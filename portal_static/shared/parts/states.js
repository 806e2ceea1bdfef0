/** The states that every pane has besides its content: empty, loading, failed, offline, not allowed. */
import { html, nothing } from "../../vendor/lit/index.js";
import { clock } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "./icons.js";

/** @param {{icon: string, title: string, text: string, actions?: any, bad?: boolean, request?: string}} state */
export function paneState({ icon: name, title, text, actions = nothing, bad = false, request = "" }) {
  return html`<div class="state" role=${bad ? "alert" : "status"}>
    <span class="glyph ${bad ? "bad" : ""}">${icon(name, 24)}</span>
    <h2 class="t16 w6">${title}</h2>
    <p>${text}</p>
    ${actions === nothing ? nothing : html`<div class="acts">${actions}</div>`}
    ${request ? requestId(request) : nothing}
  </div>`;
}

/** @param {string} id */
function requestId(id) {
  const copy = () => navigator.clipboard?.writeText(id);
  return html`<div class="request">
    <bdi class="mono">req ${id}</bdi>
    <button class="btn ghost tiny square" aria-label=${t("action.copy_request")} @click=${copy}>${icon("copy", 12)}</button>
  </div>`;
}

/**
 * What a failed read looks like: refused, offline or broken.
 * @param {any} error @param {string} title what did not load @param {() => void} retry
 * @param {any} [back] a way back for what was refused
 */
export function failure(error, title, retry, back = nothing) {
  if (error?.status === 403 || error?.status === 404) {
    return paneState({ icon: "lock", title: t("state.refused.title"), text: t("state.refused.text"), actions: back });
  }
  const offline = error?.status === 0;
  return paneState({
    icon: offline ? "cloud-off" : "alert",
    bad: !offline,
    title,
    text: offline ? t("state.offline.text") : error?.detail || t("state.failed.text"),
    request: error?.requestId,
    actions: html`<button class="btn primary" @click=${retry}>${icon("refresh")}${t("action.retry")}</button>`,
  });
}

/** Rows in the shape of what comes. @param {number} [count] */
export function rowBones(count = 8) {
  return html`<div class="bones" role="status" aria-label=${t("state.loading")}>
    ${Array.from({ length: count }, (_, at) => rowBone(at))}
  </div>`;
}

/** @param {number} at */
function rowBone(at) {
  const [name, subject, snippet] = [["w40", "w90", "w60"], ["w50", "w70", "w70"], ["w40", "w80", "w50"]][at % 3];
  return html`<div class="ticket-bone">
    <span class="bone round"></span>
    <span><span class="bone ${name}"></span><span class="bone ${subject}"></span><span class="bone faint ${snippet}"></span></span>
  </div>`;
}

/** Cards in the shape of messages. */
export function messageBones() {
  return html`<div class="bones message-bones" role="status" aria-label=${t("state.loading")}>
    ${["w90", "w60", "w80"].map(
      (width) => html`<div class="message-bone">
        <span class="bone w40"></span><span class="bone w90"></span><span class="bone ${width}"></span>
      </div>`,
    )}
  </div>`;
}

/** The banner while the server cannot be reached. @param {{lastContact: number, waiting: number, retry: () => void}} facts */
export function offlineBanner({ lastContact, waiting, retry }) {
  return html`<div class="offline" role="status">
    ${icon("cloud-off")}
    <span class="grow"><b>${t("offline.title")}</b> ${waiting ? t("offline.waiting", { n: waiting }) : t("offline.text")}</span>
    <time class="i2 wide-only">${t("offline.last", { time: clock(lastContact) })}</time>
    <button class="btn second small" @click=${retry}>${icon("refresh", 14)}${t("action.try_now")}</button>
  </div>`;
}
