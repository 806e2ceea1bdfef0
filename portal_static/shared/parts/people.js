/** How people are drawn: initials on a hue that comes from the name. */
import { html } from "../../vendor/lit/index.js";
import { t } from "../i18n.js";
import { icon } from "./icons.js";

const HUES = [20, 55, 90, 140, 175, 215, 250, 290, 325, 350];
const ONE_SIGN = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0590-\u06ff]/; // scripts drawn with one character

/** @param {string} name */
export function hue(name) {
  let sum = 7;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) || 0)) % 3600;
  return HUES[sum % 10];
}

/** @param {string} name */
function initials(name) {
  if (ONE_SIGN.test(name)) return [...name][0];
  const words = name.split("@")[0].split(/[\s._-]+/).filter(Boolean);
  const last = words.length > 1 ? words[words.length - 1] : "";
  return ((words[0]?.[0] || "?") + (last[0] || "")).toUpperCase();
}

/** @param {string} name @param {16 | 18 | 20 | 24 | 28 | 32 | 40} [size] px */
export function avatar(name, size = 24) {
  const script = ONE_SIGN.test(name) ? " cjk" : "";
  return html`<span class="avatar s${size} h${hue(name)}${script}" aria-hidden="true">${initials(name)}</span>`;
}

/** A machine wrote this. @param {18 | 24 | 28} [size] px */
export function machine(size = 24) {
  return html`<span class="avatar machine s${size}" aria-hidden="true">${icon("bolt", size > 18 ? 14 : 12)}</span>`;
}

/** Nobody is assigned: a dashed ring. @param {16 | 18 | 24} [size] px */
export function nobody(size = 18) {
  return html`<span class="avatar nobody s${size}" role="img" aria-label=${t("ticket.unassigned")}
    >${size >= 24 ? icon("user", 12) : ""}</span
  >`;
}

/** @param {number | string} hue @param {string} name */
export function teamDot(hue, name) {
  return html`<span class="team-dot h${HUES.includes(Number(hue)) ? hue : hueOfTeam(hue, name)}" aria-hidden="true"></span>`;
}

/** The nearest of our hues, or the name's own. @param {number | string} wish @param {string} name */
function hueOfTeam(wish, name) {
  const degrees = Number(wish);
  if (!wish || Number.isNaN(degrees)) return hue(name);
  return HUES.reduce((best, each) => (Math.abs(each - degrees) < Math.abs(best - degrees) ? each : best));
}
