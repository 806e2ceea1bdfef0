/** Puts a floating box beside its anchor, inside the window, mirrored in right to left. */

const GAP = 4; // px between anchor and box
const EDGE = 8; // px to the window's edge

/** @param {HTMLElement} box already shown @param {HTMLElement} anchor */
export function place(box, anchor) {
  const from = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const rtl = getComputedStyle(anchor).direction === "rtl";
  const start = rtl ? from.right - width : from.left;
  const end = rtl ? from.left : from.right - width;
  const fits = start >= EDGE && start + width <= innerWidth - EDGE;
  const left = Math.min(Math.max(EDGE, fits ? start : end), innerWidth - width - EDGE);
  const below = from.bottom + GAP;
  const top = below + height <= innerHeight - EDGE ? below : Math.max(EDGE, from.top - GAP - height);
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${top}px`);
}
