/** When a field is asked for: conditions in their JSON form, decided by what a form holds now. */

/** @param {any} condition null is always @param {Record<string, any>} facts @returns {boolean} */
export function holds(condition, facts) {
  if (!condition) return true;
  if (condition.all) return condition.all.every((/** @type {any} */ each) => holds(each, facts));
  if (condition.any) return condition.any.some((/** @type {any} */ each) => holds(each, facts));
  if (condition.not) return !holds(condition.not, facts);
  return compare(condition.op, facts[condition.field], condition.value);
}

/** @param {string} op @param {any} has @param {any} value */
function compare(op, has, value) {
  const own = [has ?? []].flat();
  const wanted = [value ?? []].flat();
  if (op === "none") return own.length === 0 || own[0] === "";
  if (op === "all") return wanted.every((each) => own.includes(each));
  if (op === "contains") return own.some((each) => String(each).toLocaleLowerCase().includes(String(value).toLocaleLowerCase()));
  if (op === "is" || op === "in") return wanted.some((each) => own.map(String).includes(String(each)));
  const [left, right] = [Number(own[0]), Number(value)];
  return { gt: left > right, gte: left >= right, lt: left < right, lte: left <= right }[op] ?? true;
}
