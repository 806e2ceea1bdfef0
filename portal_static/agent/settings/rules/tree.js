/** A condition as the editor shows it: groups of rows. Every change gives a new tree; a path is a list of places. */

/** @typedef {{field: string, op: string, value?: any}} Term */
/** @typedef {"all" | "any" | "none"} Kind */
/** @typedef {{kind: Kind, parts: any[], inside: string}} Group `inside` leads to its parts in a pointer */

export const BLANK = { field: "", op: "is", value: "" };

/** A node as a group; null for a row. @param {any} node @returns {Group | null} */
export function groupOf(node) {
  if (node?.all) return { kind: "all", parts: node.all, inside: "all" };
  if (node?.any) return { kind: "any", parts: node.any, inside: "any" };
  if (node?.not?.any) return { kind: "none", parts: node.not.any, inside: "not.any" };
  if (node?.not?.all) return { kind: "none", parts: [node.not], inside: "not" };
  return null;
}

/** A row: its comparison, and whether it is denied. @param {any} node @returns {{term: Term, denied: boolean}} */
export const rowOf = (node) => (node.not ? { term: node.not, denied: true } : { term: node, denied: false });

/** @param {Kind} kind @param {any[]} parts */
export function nodeOf(kind, parts) {
  return kind === "none" ? { not: { any: parts } } : { [kind]: parts };
}

/** The whole as a group. @param {any} tree */
export const rooted = (tree) => (groupOf(tree) ? tree : { all: [tree] });

/** The pointer, with dots, of a part. @param {string} pointer @param {Group} group @param {number} at */
export const pointerOf = (pointer, group, at) => (group.inside === "not" ? `${pointer}.not` : `${pointer}.${group.inside}.${at}`);

/** The tree with the node at a path made anew; null takes it out. @param {any} tree @param {number[]} path @param {(node: any) => any} change @returns {any} */
export function changed(tree, path, change) {
  if (!path.length) return change(tree);
  const { kind, parts } = /** @type {Group} */ (groupOf(tree));
  const next = parts.map((part, at) => (at === path[0] ? changed(part, path.slice(1), change) : part)).filter(Boolean);
  return next.length || kind === "all" ? nodeOf(kind, next) : null;
}

/** How many comparisons it has. @param {any} node @returns {number} */
export function sizeOf(node) {
  const group = groupOf(node);
  return group ? group.parts.reduce((sum, part) => sum + sizeOf(part), 0) : 1;
}
