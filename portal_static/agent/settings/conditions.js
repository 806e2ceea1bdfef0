/** A filter in its JSON form, written as people write it (docs/filters.md). */

const SHORT = {
  status_id: "status", assignee_id: "assignee", team_id: "team", requester_id: "requester", company_id: "company", topic_id: "topic",
  created_at: "created", updated_at: "updated", resolved_at: "resolved", status_changed_at: "status_changed", first_response_at: "first_response",
  due_at: "due", first_response_due_at: "first_response_due", next_response_due_at: "next_response_due", resolution_due_at: "resolution_due",
  has_attachments: "attachments", message_count: "messages", actor_id: "by",
};
const SIGNS = { gte: ">=", lte: "<=", gt: ">", lt: "<", all: "&", is: "=", contains: "~" };
const BARE = /^[^\s"(),><=&~:-][^\s"(),:]*$/;

/** @param {any} condition its JSON, its text, or null @returns {string} */
export function conditionText(condition) {
  if (!condition) return "";
  if (typeof condition === "string") return condition;
  if (condition.all) return condition.all.map((/** @type {any} */ part) => enclosed(part, "any")).join(" ");
  if (condition.any) return condition.any.map((/** @type {any} */ part) => enclosed(part, "all")).join(" or ");
  if (condition.not) return `-${condition.not.all || condition.not.any ? `(${conditionText(condition.not)})` : conditionText(condition.not)}`;
  return term(condition);
}

/** @param {any} part @param {"all" | "any"} kind */
const enclosed = (part, kind) => (part[kind] ? `(${conditionText(part)})` : conditionText(part));

/** @param {{field: string, op: string, value?: any}} term */
function term({ field, op, value }) {
  if (field === "text") return /^[\p{L}\p{N}_]+$/u.test(value) && !["or", "and"].includes(value.toLowerCase()) ? value : quoted(value);
  const own = field.replace(/^was\./, "");
  const name = `${own === field ? "" : "was."}${/** @type {Record<string, string>} */ (SHORT)[own] || own}`;
  if (op === "none") return `${name}:none`;
  const usual = Array.isArray(value) ? "in" : own === "subject" ? "contains" : "is";
  const sign = op === usual ? "" : /** @type {Record<string, string>} */ (SIGNS)[op] || "";
  return `${name}:${sign}${[value].flat().map(one).join(",")}`;
}

/** @param {any} value */
function one(value) {
  const text = String(value);
  const plain = /^[+-]\d{1,3}[a-z]{1,3}$/.test(text) || (BARE.test(text) && text !== "none" && text !== "any");
  return plain ? text : quoted(text);
}

/** @param {string} text */
const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
