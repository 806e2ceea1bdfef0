/** The pointer on a week: where it is, what it holds, and what comes of it. Escape lets go. */
import { DAY, DAYS } from "../hours.js";
import { dragged } from "./week-moves.js";

const EDGE = { mouse: 6, touch: 14 }; // px at either end of a block that resize it
const STILL = 3; // px that are no drag yet

/** @typedef {import("./week-moves.js").Block} Block */
/** @typedef {{day: string, at: number}} Place of a pair of times in the week */

/** The days as they are drawn: columns, or rows where there is little room. @param {HTMLElement} host */
function tracks(host) {
  const all = [...host.querySelectorAll(".week-day")];
  const boxes = all.map((track) => track.getBoundingClientRect());
  return { boxes, upright: boxes[0].height > boxes[0].width, mirrored: getComputedStyle(all[0]).direction === "rtl" };
}

/** Day and minute under the pointer. @param {HTMLElement} host @param {{clientX: number, clientY: number}} event */
function pointAt(host, { clientX: x, clientY: y }) {
  const { boxes, upright, mirrored } = tracks(host);
  const away = (/** @type {DOMRect} */ { left, right, top, bottom }) => (upright ? Math.max(left - x, x - right) : Math.max(top - y, y - bottom));
  const nearest = boxes.reduce((best, box, at) => (away(box) < away(boxes[best]) ? at : best), 0);
  const { left, right, top, width, height } = boxes[nearest];
  const share = upright ? (y - top) / height : (mirrored ? right - x : x - left) / width;
  return { day: DAYS[nearest], minute: Math.min(Math.max(share, 0), 1) * DAY };
}

/** Which part of a block the pointer is on. @param {HTMLElement} host @param {HTMLElement} block @param {PointerEvent} event @returns {"begin" | "end" | "move"} */
function partAt(host, block, { clientX: x, clientY: y, pointerType }) {
  const { upright, mirrored } = tracks(host);
  const { left, right, top, bottom } = block.getBoundingClientRect();
  const [before, after] = upright ? [y - top, bottom - y] : mirrored ? [right - x, x - left] : [x - left, right - x];
  const edge = Math.min(pointerType === "touch" ? EDGE.touch : EDGE.mouse, (before + after) / 3);
  if (after < edge && "last" in block.dataset) return "end";
  return before < edge && "first" in block.dataset ? "begin" : "move";
}

export class WeekDrag {
  /** @param {HTMLElement & {blockOf: (place: Place) => Block, drag: (block: Block | null, from: Place | null) => void, keep: (block: Block, from: Place | null) => void}} host */
  constructor(host) {
    this.host = host;
  }

  /** @param {PointerEvent} event */
  start(event) {
    const { host } = this;
    const target = /** @type {HTMLElement} */ (event.target);
    const held = /** @type {HTMLElement | null} */ (target.closest(".week-block"));
    const chosen = event.pointerType !== "touch" || held?.matches(":focus"); // else a finger may be about to scroll the page
    if (event.button || !target.closest(".week-day") || (!chosen && tracks(host).upright)) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId); // what it was put down on may be drawn anew
    this.hold(event, held, Boolean(chosen));
  }

  /** @param {PointerEvent} event @param {HTMLElement | null} held @param {boolean} free may it go to other days? */
  hold(event, held, free) {
    const { host } = this;
    const from = pointAt(host, event);
    const kind = held ? partAt(host, held, event) : "new";
    const place = held && { day: String(held.dataset.day), at: Number(held.dataset.at) };
    const block = place ? host.blockOf(place) : { day: from.day, begin: 0, end: 0 };
    if (free) held?.focus();
    /** @type {Block | null} */
    let now = null;
    this.follow((at) => {
      if (!now && Math.hypot(at.clientX - event.clientX, at.clientY - event.clientY) < STILL) return;
      const to = pointAt(host, at);
      now = dragged(kind, block, from, free ? to : { ...to, day: from.day });
      host.drag(now, place);
    }, (kept) => {
      host.drag(null, null);
      if (kept && now) host.keep(now, place);
      else if (kept) held?.focus();
    });
  }

  /** Until the pointer is let go. @param {(event: PointerEvent) => void} move @param {(kept: boolean) => void} end */
  follow(move, end) {
    const done = new AbortController();
    const stop = (/** @type {boolean} */ kept) => {
      done.abort();
      end(kept);
    };
    addEventListener("pointermove", move, { signal: done.signal });
    addEventListener("pointerup", () => stop(true), { signal: done.signal });
    addEventListener("pointercancel", () => stop(false), { signal: done.signal });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      stop(false);
    }, { signal: done.signal, capture: true });
  }
}
