/** One ticket of a preview: what would become of it. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { fieldName, plainValue } from "../state/words.js";

const QUIET = new Set(["category", "status_changed_at", "resolved_at", "first_response_at", "updated_at"]); // follow from others

/** @param {any} one of the preview */
export function sampleRow(one) {
  const changes = Object.entries(one.changes || {}).filter(([name]) => !QUIET.has(name));
  const sign = one.code ? "lock" : changes.length ? "check" : "right";
  const tone = one.code ? "c-red" : changes.length ? "c-green" : "c-amber";
  return html`<div class="bulk-row"><span class=${tone}>${icon(sign, 14)}</span><bdi class="num i3">${one.number ? `#${one.number}` : ""}</bdi>
    <span class="grow cut" dir="auto">${one.subject || t("ticket.no_subject")}</span>
    <span class="bulk-effect cut">${one.code ? html`<span class="c-red">${one.detail}</span>` : changes.length ? changes.map(effect) : html`<span class="i3">${t("bulk.no_change")}</span>`}</span></div>`;
}

/** @param {[string, any]} change */
export function effect([name, change]) {
  if (name === "tags") return tagEffect(change.from || [], change.to || []);
  return html`<span class="effect" title=${fieldName(name)}><span class="i3">${plainValue(name, change.from)}</span>${icon("arrow", 12)}<span class="w5">${plainValue(name, change.to)}</span></span>`;
}

/** @param {string[]} from @param {string[]} to */
function tagEffect(from, to) {
  const added = to.filter((tag) => !from.includes(tag));
  const gone = from.filter((tag) => !to.includes(tag));
  return html`<span class="effect">${added.map((tag) => html`<span class="tag">+ ${tag}</span>`)}${gone.map((tag) => html`<span class="tag"><s>${tag}</s></span>`)}${added.length || gone.length ? nothing : nothing}</span>`;
}
