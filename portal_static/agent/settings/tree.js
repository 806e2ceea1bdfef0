/** Records that hang on one another by `parent_id`. */

/** @typedef {import("./records.js").Row} Row */

/** Each after the one it hangs on, in their order. @param {Row[]} rows @returns {Row[]} */
export function inTree(rows) {
  const known = new Set(rows.map(({ id }) => id));
  /** @type {(id: string | null, seen: Set<string>) => Row[]} */
  const below = (id, seen) =>
    rows.filter((row) => !seen.has(row.id) && (known.has(row.parent_id) ? row.parent_id : null) === id).flatMap((row) => [row, ...below(row.id, new Set(seen).add(row.id))]);
  const found = below(null, new Set());
  return [...found, ...rows.filter((row) => !found.includes(row))];
}

/** A row and all above it, the highest first. @param {Row[]} rows @param {string | null | undefined} id @returns {Row[]} */
export function lineOf(rows, id) {
  /** @type {Row[]} */
  const line = [];
  let row = rows.find((each) => each.id === id);
  while (row && !line.includes(row)) {
    line.unshift(row);
    const above = row.parent_id;
    row = rows.find((each) => each.id === above);
  }
  return line;
}

/** The place of the next or previous row of the same parent, -1 when there is none. @param {Row[]} rows @param {string[]} ids @param {string} id @param {number} step */
export function besideIn(rows, ids, id, step) {
  const parent = rows.find((row) => row.id === id)?.parent_id ?? null;
  const siblings = ids.filter((each) => (rows.find((row) => row.id === each)?.parent_id ?? null) === parent);
  const other = siblings[siblings.indexOf(id) + step];
  return other ? ids.indexOf(other) : -1;
}
