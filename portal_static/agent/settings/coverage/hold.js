/** Moving and drawing shifts: by pointer in quarters of an hour, and by the arrow keys. */
import { parts, snapped } from "./blocks.js";
import { keep, draw, move } from "./moves.js";
import { draft } from "./state.js";

/** @typedef {import("./blocks.js").Block} Block */

const STEP = 15; // minutes
const SLACK = 4; // px that a click may move
const REST = 700; // ms after the last key until it is kept

/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;
/** A pointer has just been let go after moving something: its click means nothing. */
let dragged = false;

export const wasDragged = () => dragged;

/**
 * Follow a pointer until it is let go; `on` gets the minutes that it has gone, `end` whether it went at all.
 * @param {PointerEvent} event @param {{from: number, until: number}} within @param {(by: number, at: number) => void} on @param {(went: boolean) => void} end
 */
function follow(event, within, on, end) {
  const lane = /** @type {HTMLElement} */ (event.target).closest(".cov-cell");
  if (!lane) return;
  const box = lane.getBoundingClientRect();
  const rtl = getComputedStyle(lane).direction === "rtl";
  const perPixel = ((within.until - within.from) / box.width) * (rtl ? -1 : 1);
  const start = within.from + (event.clientX - (rtl ? box.right : box.left)) * perPixel;
  let went = false;
  const over = new AbortController();
  const stop = (/** @type {boolean} */ kept) => {
    over.abort();
    dragged = went;
    setTimeout(() => (dragged = false));
    if (!kept) draft.set(null);
    if (kept || !went) end(went);
  };
  const { signal } = over;
  addEventListener("pointermove", (to) => {
    const gone = to.clientX - event.clientX;
    went ||= Math.abs(gone) > SLACK;
    if (went) on(gone * perPixel, start);
  }, { signal });
  addEventListener("pointerup", () => stop(true), { signal });
  addEventListener("pointercancel", () => ((went = true), stop(false)), { signal });
  addEventListener("keydown", (key) => key.key === "Escape" && ((went = true), stop(false)), { signal });
}

/** Take hold of a shift, or of one of its ends. @param {PointerEvent} event @param {Block} block @param {{from: number, until: number}} within */
export function grab(event, block, within) {
  event.stopPropagation();
  if (event.button) return;
  finish();
  const edge = /** @type {HTMLElement} */ (event.target).dataset.edge || "";
  follow(event, within, (by) => move(block.of, /** @type {any} */ (edge), snapped(by)), (went) => went && keep());
}

/** Begin a new shift in an empty place. @param {PointerEvent} event @param {string} person @param {string} day @param {{from: number, until: number}} within @param {() => void} click when nothing was drawn */
export function begin(event, person, day, within, click) {
  if (event.button) return;
  finish();
  const on = (/** @type {number} */ by, /** @type {number} */ at) => {
    const [from, until] = [at, at + by].sort((one, other) => one - other).map((minute) => snapped(Math.min(Math.max(minute, within.from), within.until)));
    draft.set(until > from ? { person_id: person, day, from, until } : null);
  };
  follow(event, within, on, (went) => {
    const now = draft.value;
    if (!went) click();
    else if (now && "day" in now) draw(person, day, now.from, now.until);
  });
}

/** Arrows move a shift, with Shift they move its end; up and down go to the one above or below. @param {KeyboardEvent} event @param {Block} block */
export function press(event, block) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") return step(event, event.key === "ArrowDown" ? 1 : -1);
  if (event.key === "Escape") return draft.set(null);
  const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
  const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  if (!by) return;
  event.preventDefault();
  const edge = event.shiftKey ? "end" : "";
  let now = draft.value;
  if (now && (!("span" in now) || now.edge !== edge || !block.of.was)) {
    finish();
    now = null;
  }
  const { was, ...span } = block.of;
  move(now && "span" in now ? now.span : span, edge, (now && "span" in now ? now.by : 0) + by * rtl);
  clearTimeout(resting);
  resting = setTimeout(keep, REST);
}

/** Keep at once what is still waiting for another key. */
export function finish() {
  clearTimeout(resting);
  keep();
}

/** @param {KeyboardEvent} event @param {number} by */
function step(event, by) {
  event.preventDefault();
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".cov button.cov-block")]);
  const from = /** @type {HTMLElement} */ (event.currentTarget);
  const column = (/** @type {HTMLElement} */ each) => /** @type {HTMLTableCellElement} */ (each.closest("td")).cellIndex;
  const same = all.filter((each) => column(each) === column(from) && each.offsetParent);
  same[same.indexOf(from) + by]?.focus();
}

/** The bounds of what is shown, for those who hold something. @param {import("./state.js").Week} data @param {(all: Block[]) => {from: number, until: number}} bounds */
export function shownWithin(data, bounds) {
  const { zone } = data;
  return bounds([...data.people.flatMap(({ spans }) => spans), ...data.uncovered].flatMap((each) => parts(each, zone)));
}
