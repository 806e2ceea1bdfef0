/** The icon set: 16 grid, 1.5 stroke, drawn as one family. Names that bear a direction mirror in right to left. */
import { html, svg } from "../../vendor/lit/index.js";

const MIRRORED = new Set(["reply", "right", "left", "arrow", "panel", "list", "undo", "send", "sort", "quote", "note"]);

/** @type {Record<string, import("../../vendor/lit/index.js").SVGTemplateResult>} */
const SHAPES = {
  inbox: svg`<path d="M4 2.75h8l2.25 6.5v2.5a1.5 1.5 0 0 1-1.5 1.5h-9.5a1.5 1.5 0 0 1-1.5-1.5v-2.5z"/><path d="M1.75 9.25h3.5l1 1.75h3.5l1-1.75h3.5"/>`,
  bell: svg`<path d="M8 2a4 4 0 0 0-4 4v2.5L2.75 11.25h10.5L12 8.5V6a4 4 0 0 0-4-4z"/><path d="M6.5 13.5a1.7 1.7 0 0 0 3 0"/>`,
  mail: svg`<rect x="1.75" y="3.25" width="12.5" height="9.5" rx="1.5"/><path d="m2.25 4.75 5.75 4.5 5.75-4.5"/>`,
  chat: svg`<path d="M3 3h10a1.25 1.25 0 0 1 1.25 1.25v6A1.25 1.25 0 0 1 13 11.5H7.25L4.25 14v-2.5H3a1.25 1.25 0 0 1-1.25-1.25v-6A1.25 1.25 0 0 1 3 3z"/>`,
  users: svg`<circle cx="6" cy="5.25" r="2.5"/><path d="M1.5 13.25c.3-2.6 2-4 4.5-4s4.2 1.4 4.5 4"/><path d="M10.5 2.95a2.4 2.4 0 0 1 0 4.6M12 9.5c1.5.5 2.3 1.75 2.5 3.75"/>`,
  user: svg`<circle cx="8" cy="5" r="2.75"/><path d="M2.75 13.5c.4-2.9 2.4-4.25 5.25-4.25s4.85 1.35 5.25 4.25"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.25 3.25"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.75V8.25l2.25 1.5"/>`,
  pause: svg`<path d="M5.75 3.5v9M10.25 3.5v9"/>`,
  calendar: svg`<rect x="2.25" y="3.25" width="11.5" height="10.5" rx="1.5"/><path d="M2.25 6.75h11.5M5.25 1.75v3M10.75 1.75v3"/>`,
  target: svg`<circle cx="8" cy="8" r="6"/><circle cx="8" cy="8" r="2.75"/><path d="M8 8h.01" stroke-width="2"/>`,
  chart: svg`<path d="M2 13.75h12M3.75 11V7.5M6.75 11V3M9.75 11V5.5M12.5 11V8.75"/>`,
  check: svg`<path d="m3 8.5 3.25 3.25L13 4.75"/>`,
  "check-circle": svg`<circle cx="8" cy="8" r="6"/><path d="m5.5 8.25 1.75 1.75L10.5 6.5"/>`,
  x: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  down: svg`<path d="m4.5 6.25 3.5 3.5 3.5-3.5"/>`,
  up: svg`<path d="m4.5 9.75 3.5-3.5 3.5 3.5"/>`,
  right: svg`<path d="m6.25 4.5 3.5 3.5-3.5 3.5"/>`,
  left: svg`<path d="M9.75 4.5 6.25 8l3.5 3.5"/>`,
  more: svg`<g fill="currentColor" stroke="none"><circle cx="3.5" cy="8" r="1.2"/><circle cx="8" cy="8" r="1.2"/><circle cx="12.5" cy="8" r="1.2"/></g>`,
  filter: svg`<path d="M2 4.25h12M4.5 8h7M6.75 11.75h2.5"/>`,
  sort: svg`<path d="M4.5 3v10M2 10.5 4.5 13 7 10.5M9.5 4H14M9.5 8H13M9.5 12H12"/>`,
  clip: svg`<path d="m13.25 7.5-5.3 5.3a3.25 3.25 0 0 1-4.6-4.6l5.5-5.5a2.15 2.15 0 0 1 3.05 3.05L6.5 11.1a1.05 1.05 0 0 1-1.5-1.5l4.9-4.9"/>`,
  reply: svg`<path d="M6.25 3.75 2.25 7.5l4 3.75M2.5 7.5h6.75a4.5 4.5 0 0 1 4.5 4.5v.75"/>`,
  note: svg`<path d="M3.5 2.5h9a1 1 0 0 1 1 1V9.5l-4 4h-6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z"/><path d="M13.25 9.5H10.5a1 1 0 0 0-1 1v2.75M5 5.75h6M5 8.25h3.5"/>`,
  lock: svg`<rect x="3" y="7" width="10" height="6.75" rx="1.25"/><path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2"/>`,
  tag: svg`<path d="M2.5 3.5a1 1 0 0 1 1-1h4.1a1 1 0 0 1 .7.3l5 5a1 1 0 0 1 0 1.4l-4.1 4.1a1 1 0 0 1-1.4 0l-5-5a1 1 0 0 1-.3-.7z"/><path d="M5.5 5.5h.01"/>`,
  bold: svg`<path d="M4.75 3h3.9a2.4 2.4 0 0 1 0 4.8h-3.9zm0 4.8h4.5a2.6 2.6 0 0 1 0 5.2h-4.5z"/>`,
  italic: svg`<path d="M6.75 3h4.5M4.75 13h4.5M9.5 3l-3 10"/>`,
  list: svg`<path d="M6 4h7.5M6 8h7.5M6 12h7.5"/><path d="M2.75 4h.01M2.75 8h.01M2.75 12h.01" stroke-width="2"/>`,
  link: svg`<path d="M6.75 9.25a2.75 2.75 0 0 0 3.9 0l2.2-2.2a2.75 2.75 0 0 0-3.9-3.9l-.7.7"/><path d="M9.25 6.75a2.75 2.75 0 0 0-3.9 0l-2.2 2.2a2.75 2.75 0 0 0 3.9 3.9l.7-.7"/>`,
  quote: svg`<path d="M6.5 4.25c-2.25.5-3.5 2-3.5 4.5v3h3.5v-3.5H4.75M13 4.25c-2.25.5-3.5 2-3.5 4.5v3H13v-3.5h-1.75"/>`,
  code: svg`<path d="M5 4.5 1.75 8 5 11.5M11 4.5 14.25 8 11 11.5M9.25 3.25l-2.5 9.5"/>`,
  bolt: svg`<path d="M8.75 1.75 3.25 9.25h4l-.75 5 5.75-7.5h-4.25z"/>`,
  panel: svg`<rect x="2" y="3" width="12" height="10" rx="1.5"/><path d="M10 3v10"/>`,
  globe: svg`<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c2 1.75 2.75 3.75 2.75 6S10 12.25 8 14c-2-1.75-2.75-3.75-2.75-6S6 3.75 8 2z"/>`,
  alert: svg`<path d="M7.1 2.9a1.05 1.05 0 0 1 1.8 0l5 8.75a1.05 1.05 0 0 1-.9 1.6H3a1.05 1.05 0 0 1-.9-1.6z"/><path d="M8 6.25v2.9M8 11.2v.01"/>`,
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.5v3.25M8 5.2v.01"/>`,
  "cloud-off": svg`<path d="m2.25 2.25 11.5 11.5M5.2 5.3A4 4 0 0 0 4.6 6.6 2.9 2.9 0 0 0 4.75 12.4h6.9M13.4 11.6a2.6 2.6 0 0 0-1.9-4.35A3.9 3.9 0 0 0 7.2 3.9"/>`,
  send: svg`<path d="M14 2 7.1 8.9M14 2 9.75 14l-2.65-5.1L2 6.25z"/>`,
  undo: svg`<path d="M5.5 2.75 2.25 6l3.25 3.25M2.5 6h7a4 4 0 0 1 0 8H6.25"/>`,
  refresh: svg`<path d="M13.25 6.75A5.5 5.5 0 0 0 3.4 5.1L2.25 6.5M2.25 3.25V6.5H5.5M2.75 9.25a5.5 5.5 0 0 0 9.85 1.65l1.15-1.4M13.75 12.75V9.5H10.5"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8.25" height="8.25" rx="1.25"/><path d="M3.5 10.5h-.25a1 1 0 0 1-1-1V3.25a1 1 0 0 1 1-1H9.5a1 1 0 0 1 1 1v.25"/>`,
  file: svg`<path d="M4 1.75h5.25L13 5.5v7.75a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-10.5a1 1 0 0 1 1-1z"/><path d="M9 2v3.75h3.75"/>`,
  mobile: svg`<rect x="4.25" y="1.75" width="7.5" height="12.5" rx="1.5"/><path d="M7.25 11.75h1.5"/>`,
  draft: svg`<path d="M10.75 2.75 13.25 5.25 5.5 13H3v-2.5zM9 4.5 11.5 7"/>`,
  split: svg`<path d="M2.5 8h3.25c2 0 2.75-4 5-4H14M5.75 8c2 0 2.75 4 5 4H14M11.75 1.75 14 4l-2.25 2.25M11.75 9.75 14 12l-2.25 2.25"/>`,
  arrow: svg`<path d="M2.5 8h10.5M9.25 4.25 13 8l-3.75 3.75"/>`,
  menu: svg`<path d="M2.25 4.5h11.5M2.25 8h11.5M2.25 11.5h11.5"/>`,
  shield: svg`<path d="M8 1.75 13 3.5v4c0 3.25-2 5.5-5 6.75-3-1.25-5-3.5-5-6.75v-4z"/>`,
  sliders: svg`<path d="M2 4.5h5.5M12 4.5h2M2 11.5h2M8.5 11.5H14"/><circle cx="9.75" cy="4.5" r="2"/><circle cx="6.25" cy="11.5" r="2"/>`,
  flask: svg`<path d="M5.75 1.75h4.5M6.75 1.75V6l-4 6.45a1.2 1.2 0 0 0 1 1.8h8.5a1.2 1.2 0 0 0 1-1.8l-4-6.45V1.75M4.5 10h7"/>`,
  flag: svg`<path d="M3.5 14V2.5h8.75L10.5 5.5l1.75 3H3.5"/>`,
  grip: svg`<g fill="currentColor" stroke="none"><circle cx="6" cy="4" r="1.1"/><circle cx="10" cy="4" r="1.1"/><circle cx="6" cy="8" r="1.1"/><circle cx="10" cy="8" r="1.1"/><circle cx="6" cy="12" r="1.1"/><circle cx="10" cy="12" r="1.1"/></g>`,
  eye: svg`<path d="M1.5 8S3.75 3.5 8 3.5 14.5 8 14.5 8 12.25 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>`,
  key: svg`<circle cx="5" cy="11" r="2.75"/><path d="m7 9 6.25-6.25M10.25 5.75l2 2M12 4l1.5 1.5"/>`,
  moon: svg`<path d="M13.5 9.75A5.75 5.75 0 0 1 6.25 2.5a5.75 5.75 0 1 0 7.25 7.25z"/>`,
  trash: svg`<path d="M2.75 4.25h10.5M6 4V2.75h4V4M4.25 4.5l.6 8.75h6.3l.6-8.75M6.75 7v3.75M9.25 7v3.75"/>`,
  history: svg`<path d="M2.5 8a5.5 5.5 0 1 0 1.6-3.9L2.5 5.5M2.5 2.5v3h3M8 5v3.25l2 1.25"/>`,
  "status-new": svg`<circle cx="8" cy="8" r="5.75" stroke-dasharray="2.4 2.1"/>`,
  "status-open": svg`<circle cx="8" cy="8" r="5.75"/><path d="M8 4.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" stroke="none"/>`,
  "status-waiting": svg`<circle cx="8" cy="8" r="5.75"/><path d="M5.4 8h.01M8 8h.01M10.6 8h.01" stroke-width="1.9"/>`,
  "status-on_hold": svg`<circle cx="8" cy="8" r="5.75"/><path d="M6.6 6v4M9.4 6v4"/>`,
  "status-solved": svg`<circle cx="8" cy="8" r="5.75"/><path d="m5.6 8.2 1.7 1.7 3.2-3.5"/>`,
  "status-closed": svg`<circle cx="8" cy="8" r="6.4" fill="currentColor" stroke="none"/><path d="m5.6 8.2 1.7 1.7 3.2-3.5" class="cutout"/>`,
  "priority-low": svg`<g fill="currentColor" stroke="none"><rect x="2.5" y="9.5" width="2.75" height="4" rx=".8"/><rect x="6.6" y="6.5" width="2.75" height="7" rx=".8" opacity=".3"/><rect x="10.75" y="3" width="2.75" height="10.5" rx=".8" opacity=".3"/></g>`,
  "priority-normal": svg`<g fill="currentColor" stroke="none"><rect x="2.5" y="9.5" width="2.75" height="4" rx=".8"/><rect x="6.6" y="6.5" width="2.75" height="7" rx=".8"/><rect x="10.75" y="3" width="2.75" height="10.5" rx=".8" opacity=".3"/></g>`,
  "priority-high": svg`<g fill="currentColor" stroke="none"><rect x="2.5" y="9.5" width="2.75" height="4" rx=".8"/><rect x="6.6" y="6.5" width="2.75" height="7" rx=".8"/><rect x="10.75" y="3" width="2.75" height="10.5" rx=".8"/></g>`,
  "priority-urgent": svg`<rect x="1.75" y="1.75" width="12.5" height="12.5" rx="3" fill="currentColor" stroke="none"/><path d="M8 4.75v3.75M8 11.1v.01" class="cutout" stroke-width="1.8"/>`,
};

/** @param {string} name @param {12 | 14 | 16 | 20 | 24} [size] px */
export function icon(name, size = 16) {
  const mirror = MIRRORED.has(name) ? " mirror" : "";
  return html`<svg class="icon i${size}${mirror}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;
}

/** The mark: a lambda whose long stroke is the desk's leg. @param {number} [size] px */
export function mark(size = 24) {
  return html`<svg class="mark" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true">
    <rect class="mark-ground" width="24" height="24" rx="6" />
    <path class="mark-line" d="M8 6h1.6c.8 0 1.3.4 1.6 1.2L15 18h2M11.2 11.2 7.5 18" />
  </svg>`;
}
