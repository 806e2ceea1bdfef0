/** The tickets that somebody has chosen in the list, to change them all at once. */
import { Store } from "../../shared/store.js";
import { list } from "./list.js";
import { need } from "./parts.js";

/** `all`: everything that the list holds, also what is not loaded. */
export const chosen = new Store({ ids: /** @type {Set<string>} */ (new Set()), all: false, last: "", of: "" });

const place = () => `${list.value.view}?${list.value.q}&${list.value.filter}`;

/** Another list: nothing of it is chosen. */
list.watch(() => {
  if (chosen.value.of && chosen.value.of !== place()) clearChosen();
});

/** @param {string} id */
export const isChosen = (id) => chosen.value.all || chosen.value.ids.has(id);

/** Choose a ticket, or no longer; `through`: all from the last one to this one. @param {string} id @param {boolean} [through] */
export function choose(id, through = false) {
  const { ids: known } = list.value;
  const ids = new Set(chosen.value.all ? known : chosen.value.ids);
  const [from, to] = [known.indexOf(chosen.value.last), known.indexOf(id)].sort((a, b) => a - b);
  if (through && from >= 0) for (const each of known.slice(from, to + 1)) ids.add(each);
  else if (!ids.delete(id)) ids.add(id);
  if (ids.size) need("bulk");
  chosen.set({ ids, all: false, last: id, of: place() });
}

/** All rows that are loaded. */
export function chooseLoaded() {
  need("bulk");
  chosen.set({ ids: new Set(list.value.ids), all: false, last: "", of: place() });
}

/** Everything the list holds. */
export function chooseAll() {
  chosen.set({ ids: new Set(list.value.ids), all: true, last: "", of: place() });
}

export function clearChosen() {
  chosen.set({ ids: new Set(), all: false, last: "", of: "" });
}

/** What a job takes: the ids, or the list's own query for all of it. @returns {{ids: string[]} | {filter: Record<string, string>}} */
export function target() {
  const { view, filter } = list.value;
  if (!chosen.value.all) return { ids: [...chosen.value.ids] };
  return { filter: filter ? { filter } : { view } };
}
