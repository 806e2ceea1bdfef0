/** Puts rows in another order: by dragging a handle, or with the arrow keys on it. */

const QUIET = 500; // ms after the last key before an order is kept

export class Sorting {
  /**
   * @param {HTMLElement & {requestUpdate: () => void, updateComplete: Promise<any>}} host whose rows carry data-id
   * @param {{ids: () => string[], step?: (ids: string[], id: string, step: number) => number, show: (ids: string[]) => void, keep: (ids: string[], before: string[]) => any}} list
   */
  constructor(host, list) {
    this.host = host;
    this.list = list;
    this.moving = "";
    /** @type {string[] | null} the order before the first of several moves */
    this.before = null;
    this.timer = 0;
  }

  /** @param {PointerEvent} event @param {string} id */
  grab(event, id) {
    if (event.button) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (event.currentTarget).focus();
    this.moving = id;
    this.before ||= this.list.ids();
    const move = (/** @type {PointerEvent} */ at) => this.drag(at.clientY, id);
    const end = () => {
      removeEventListener("pointermove", move);
      for (const type of ["pointerup", "pointercancel"]) removeEventListener(type, end);
      this.moving = "";
      this.host.requestUpdate();
      this.keep();
    };
    addEventListener("pointermove", move);
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, end);
    this.host.requestUpdate();
  }

  /** The row goes where the pointer is. @param {number} y @param {string} id */
  drag(y, id) {
    const rows = /** @type {HTMLElement[]} */ ([...this.host.querySelectorAll("[data-id]")]);
    const to = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return y >= top && y < bottom;
    });
    if (to >= 0) this.move(id, to);
  }

  /** Arrow keys on a handle. Gives the new place, -1 when nothing moved. @param {KeyboardEvent} event @param {string} id */
  press(event, id) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return -1;
    event.preventDefault();
    this.before ||= this.list.ids();
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    const ids = this.list.ids();
    const to = this.move(id, this.list.step ? this.list.step(ids, id, step) : ids.indexOf(id) + step);
    this.host.updateComplete.then(() => handle.focus());
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keep(), QUIET);
    return to;
  }

  /** @param {string} id @param {number} to */
  move(id, to) {
    const ids = this.list.ids();
    if (to < 0 || to >= ids.length || ids[to] === id) return -1;
    const rest = ids.filter((each) => each !== id);
    this.list.show([...rest.slice(0, to), id, ...rest.slice(to)]);
    return to;
  }

  keep() {
    const { before } = this;
    const ids = this.list.ids();
    this.before = null;
    if (before && before.join() !== ids.join()) this.list.keep(ids, before);
  }
}
