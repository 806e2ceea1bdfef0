/** The condition of a rule: nested groups of rows, or its text; both are one condition. */
import { Component, html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { conditionText } from "../conditions.js";
import { valueOf } from "../form/parts.js";
import { condition } from "../form/rich-parts.js";
import { calendars, fields, priorities, statuses, teams, topics } from "../kept.js";
import { isTimed } from "./events.js";
import { askedBy, fieldLabel, groupsOf, opsOf, startOf } from "./fields.js";
import { changed, groupOf, nodeOf, pointerOf, rooted, rowOf } from "./tree.js";
import { valueControl } from "./value.js";

const NAME = "when";
const KINDS = /** @type {import("./tree.js").Kind[]} */ (["all", "any", "none"]);
const MOST_DEPTH = 4; // of groups in each other that are still read

/** The tree of what a form holds; null for a text that only the server can read. @param {import("../form.js").Form} form */
export function treeOf(form) {
  const kept = form.get(NAME);
  if (typeof kept !== "string") return rooted(kept || { all: [] });
  const { row } = form.value;
  if (row && kept === row.when) return rooted(row.when_json);
  return kept.trim() ? null : { all: [] };
}

class RuleConditions extends Component {
  static properties = { form: { attribute: false }, state: { attribute: false }, asText: { state: true } };

  constructor() {
    super();
    this.watches(statuses, priorities, teams, topics, fields, calendars);
    /** @type {import("../form.js").Form} */
    this.form = /** @type {any} */ (null);
    /** @type {any} what the form holds, so that every change of it draws this again */
    this.state = null;
    this.asText = false;
  }

  /** @param {number[]} path @param {(node: any) => any} change @param {string} [focus] what has it then */
  change(path, change, focus = "") {
    this.form.put(NAME, changed(treeOf(this.form), path, change) || { all: [] });
    if (focus) requestAnimationFrame(() => /** @type {HTMLElement | null} */ (this.querySelector(focus))?.focus());
  }

  render() {
    const tree = treeOf(this.form);
    const text = this.asText || !tree;
    const problem = this.form.problem(NAME, true);
    if (!text) this.form.parts.set(NAME, { label: t("settings.field.when"), required: false });
    return html`<fieldset class="field rule-when" ?data-invalid=${Boolean(problem)}><legend class="label">${t("settings.field.when")}</legend>
      <div class="segments" role="radiogroup" aria-label=${t("rule.form")}>${[false, true].map((to) => html`<button type="button" role="radio" name=${to ? "when:text" : "when:rows"} aria-checked=${String(to === text)} ?disabled=${!to && !tree} @click=${() => (this.asText = to)}>${t(to ? "rule.as_text" : "rule.as_rows")}</button>`)}</div>
      ${text ? html`${condition(this.form, NAME, { label: t("rule.text"), hint: tree ? t("rule.text_hint") : t("rule.text_only"), placeholder: "priority:>=high -tag:spam" })}` : this.group(tree, [], NAME)}
      ${problem && !text ? html`<span class="hint bad">${icon("alert", 12)}<span>${problem}</span></span>` : nothing}
      ${text || !tree.all?.length ? nothing : html`<p class="rule-text"><code dir="ltr">${conditionText(tree)}</code></p>`}</fieldset>`;
  }

  /** @param {any} node @param {number[]} path @param {string} pointer @returns {any} */
  group(node, path, pointer) {
    const group = /** @type {import("./tree.js").Group} */ (groupOf(node));
    const { locked } = this.form;
    const place = path.join("-") || "top";
    const choose = (/** @type {Event} */ event) => this.change(path, () => nodeOf(/** @type {any} */ (valueOf(event)), group.parts));
    const add = (/** @type {any} */ part) => this.change(path, () => nodeOf(group.kind, [...group.parts, part]), `[data-row="${[...path, group.parts.length].join("-")}"] select`);
    const empty = !group.parts.length;
    return html`<div class="rule-group" role="group" data-place=${place} aria-label=${t(`rule.kind.${group.kind}`)}>
      <div class="rule-kind">${empty && !path.length
        ? html`<span class="i2">${t("rule.always")}</span>`
        : html`<select class="input" name="kind:${place}" aria-label=${t("rule.kind")} ?disabled=${locked} @change=${choose}>${KINDS.map((kind) => html`<option value=${kind} .selected=${kind === group.kind}>${t(`rule.kind.${kind}`)}</option>`)}</select>`}
        ${path.length && !locked ? this.dropButton(path, t("rule.group")) : nothing}</div>
      ${group.parts.map((part, at) => this.node(part, [...path, at], pointerOf(pointer, group, at)))}
      ${locked ? nothing : html`<div class="rule-adds"><button type="button" class="btn second small" name="add:${place}" @click=${() => add(startOf("priority"))}>${icon("plus", 14)}${t("rule.add_row")}</button>
        ${path.length < MOST_DEPTH ? html`<button type="button" class="btn ghost small" name="group:${place}" @click=${() => add({ any: [startOf("priority"), startOf("tag")] })}>${icon("plus", 14)}${t("rule.add_group")}</button>` : nothing}</div>`}</div>`;
  }

  /** @param {any} node @param {number[]} path @param {string} pointer */
  node(node, path, pointer) {
    return groupOf(node) ? this.group(node, path, pointer) : this.row(node, path, pointer);
  }

  /** @param {any} node @param {number[]} path @param {string} pointer */
  row(node, path, pointer) {
    const { term, denied } = rowOf(node);
    const { locked } = this.form;
    const place = path.join("-");
    const label = term.field ? fieldLabel(term.field) : "";
    const put = (/** @type {any} */ next, isDenied = denied) => this.change(path, () => (isDenied ? { not: next } : next));
    const problem = this.form.problem(pointer);
    const field = askedBy(term.field);
    const value = valueControl(term, field, { label, name: `value:${place}`, locked, invalid: String(Boolean(problem)), put: (/** @type {any} */ next) => put({ ...term, value: next }) });
    return html`<div class="rule-row" data-row=${place}>${this.fieldChoice(term, place, put)}${this.opChoice(term, denied, place, put)}<span class="rule-value">${value}</span>
      ${locked ? nothing : this.dropButton(path, label)}
      ${problem ? html`<span class="hint bad">${icon("alert", 12)}<span>${problem}</span></span>` : nothing}</div>`;
  }

  /** @param {import("./tree.js").Term} term @param {string} place @param {(next: any, denied?: boolean) => void} put */
  fieldChoice(term, place, put) {
    const groups = groupsOf(isTimed(this.form));
    const known = groups.some(({ fields }) => fields.some(({ id }) => id === term.field));
    return html`<select class="input" name="field:${place}" aria-label=${t("rule.field")} ?disabled=${this.form.locked} @change=${(/** @type {Event} */ event) => put(startOf(valueOf(event)), false)}>
      ${known ? nothing : html`<option value=${term.field} selected>${fieldLabel(term.field)}</option>`}
      ${groups.map(({ label, fields }) => html`<optgroup label=${label}>${fields.map(({ id }) => html`<option value=${id} .selected=${id === term.field}>${fieldLabel(id)}</option>`)}</optgroup>`)}</select>`;
  }

  /** @param {import("./tree.js").Term} term @param {boolean} denied @param {string} place @param {(next: any, denied?: boolean) => void} put */
  opChoice(term, denied, place, put) {
    const field = askedBy(term.field);
    const ops = [...new Set([...opsOf(field), term.op])];
    const choose = (/** @type {Event} */ event) => {
      const [op, no] = valueOf(event).split(" ");
      const value = op === "none" ? undefined : op === "in" || op === "all" ? [term.value ?? []].flat().map(String).filter(Boolean) : [term.value ?? startOf(term.field).value].flat()[0] ?? "";
      put(op === "none" ? { field: term.field, op } : { field: term.field, op, value }, no === "not");
    };
    const family = field.type === "date" ? "date" : field.type === "set" ? "set" : "op";
    return html`<select class="input" name="op:${place}" aria-label=${t("rule.op")} ?disabled=${this.form.locked} @change=${choose}>${ops.flatMap((op) => [op, `${op} not`]).map((id) => {
      const [op, no] = id.split(" ");
      return html`<option value=${id} .selected=${op === term.op && Boolean(no) === denied}>${t(`rule.${family}.${op}${no ? "_not" : ""}`)}</option>`;
    })}</select>`;
  }

  /** @param {number[]} path @param {string} name */
  dropButton(path, name) {
    const up = path.slice(0, -1).join("-") || "top";
    return html`<button type="button" class="btn ghost square small" name="drop:${path.join("-")}" aria-label=${t("rows.drop", { name })} @click=${() => this.change(path, () => null, `[name="add:${up}"], [name="add:top"]`)}>${icon("x", 14)}</button>`;
  }
}

customElements.define("rule-conditions", RuleConditions);
