/** Keyboard shortcuts: silent while somebody types, and readable as key caps. */

const APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform);
const CAPS = { mod: APPLE ? "⌘" : "Ctrl", shift: APPLE ? "⇧" : "Shift", enter: "↵", escape: "Esc" };

/**
 * @typedef {object} Binding
 * @property {string} keys for example "j", "mod+k", "mod+shift+c", "]"
 * @property {(event: KeyboardEvent) => void} run
 * @property {boolean} [typing] works in text fields too
 */

/** The key event as our notation. @param {KeyboardEvent} event */
function notation(event) {
  const key = event.key.toLowerCase();
  const mod = APPLE ? event.metaKey : event.ctrlKey;
  const letter = /^[a-z0-9]$/.test(key) || key.length > 1;
  return `${mod ? "mod+" : ""}${event.shiftKey && letter ? "shift+" : ""}${key}`;
}

/** Is the focus where letters are text? @param {EventTarget | null} target */
export function isTyping(target) {
  const element = /** @type {HTMLElement | null} */ (target);
  return Boolean(element?.isContentEditable || element?.matches?.("input, textarea, select"));
}

/**
 * Run bindings for events on `target`; returns what ends it.
 * @param {EventTarget} target @param {() => Binding[]} bindings
 */
export function bindKeys(target, bindings) {
  const listen = (/** @type {Event} */ event) => dispatchKey(/** @type {KeyboardEvent} */ (event), bindings());
  target.addEventListener("keydown", listen);
  return () => target.removeEventListener("keydown", listen);
}

/** @param {KeyboardEvent} event @param {Binding[]} bindings */
export function dispatchKey(event, bindings) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const pressed = notation(event);
  const hit = bindings.find((binding) => binding.keys === pressed);
  if (!hit || (!hit.typing && isTyping(event.target))) return;
  event.preventDefault();
  hit.run(event);
}

/** Key caps for our notation: ["Ctrl", "K"]. @param {string} keys */
export function caps(keys) {
  return keys.split("+").map((key) => /** @type {any} */ (CAPS)[key] || (key.length === 1 ? key.toUpperCase() : key));
}
