/** The browsers that get push messages, and letting this one be among them. */
import { api } from "../../shared/api.js";
import { html, nothing } from "../../shared/element.js";
import { day } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";

const PATH = "/notifications/push-subscriptions";
const possible = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** @typedef {{again: () => Promise<void>}} Screen */

/** @param {import("./wishes.js").Wishes} data @param {Screen} screen */
export function browsers(data, screen) {
  return html`<div class="setting"><span>${t("wishes.push")}</span>
      ${possible() ? html`<button class="btn second" @click=${() => tried(subscribe(data.push_key), screen)}>${icon("bell")}${t("wishes.push_here")}</button>` : html`<span class="i3 t12">${t("wishes.push_impossible")}</span>`}</div>
    ${data.devices.length ? html`<ul class="sessions">${data.devices.map((device) => row(device, screen))}</ul>` : nothing}`;
}

/** @param {{id: string, label: string, service: string, created_at: string}} device @param {Screen} screen */
function row(device, screen) {
  return html`<li class="session">${icon("globe")}
    <div class="grow"><div class="cut w5">${device.label || device.service}</div><div class="t12 i3">${t("wishes.push_since", { time: day(device.created_at) })}</div></div>
    <button class="btn second small" @click=${() => tried(api.delete(`${PATH}/${device.id}`), screen)}>${t("wishes.push_end")}</button></li>`;
}

/** @param {Promise<any>} change @param {Screen} screen */
async function tried(change, screen) {
  try {
    await change;
  } catch (error) {
    say({ bad: true, text: t("wishes.failed_change", { reason: /** @type {Error} */ (error).message }) });
  }
  await screen.again();
}

/** Ask the reader, then the browser's push service, and tell the desk. @param {string} key */
async function subscribe(key) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error(t("wishes.push_refused"));
  const worker = await navigator.serviceWorker.register("/agent/push-worker.js");
  const found = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const { endpoint, keys } = found.toJSON();
  await api.post(PATH, { endpoint, keys, label: label() });
}

/** @param {string} text BASE64URL */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

/** Browser and system, as far as they tell. */
function label() {
  const agent = navigator.userAgent;
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((each) => agent.includes(each))?.replace("Edg", "Edge") || "";
  const system = ["Android", "iPhone", "Windows", "Mac", "Linux"].find((each) => agent.includes(each)) || "";
  return [browser, system].filter(Boolean).join(", ");
}
