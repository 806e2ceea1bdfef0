/** The action that links a ticket: with one that is named by its number, or with the open one that fits. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { checks, select, text, valueOf } from "../form/parts.js";

/** @typedef {import("../form.js").Form} Form */

const ABOVE = ["problem", "parent", "duplicate_of", "related"]; // what can be found
const KINDS = [...ABOVE, "incident", "child", "duplicate"];
const SAME = ["requester", "company", "topic"];
const TYPES = ["question", "incident", "problem", "task"];

export const link = { blank: () => ({ kind: "problem", find: { same: ["topic"], type: "problem" } }), control };

/** @param {Form} form @param {string} place */
function control(form, place) {
  const { kind, find } = form.get(place);
  return html`${select(form, `${place}.kind`, { label: t("rule.link.what"), options: (find ? ABOVE : KINDS).map((id) => ({ id, label: t(`links.is.${id}`) })) })}
    ${which(form, place, kind, Boolean(find))}${find ? fitting(form, `${place}.find`) : text(form, `${place}.ticket`, { label: t("rule.link.number"), required: true, most: 60 })}`;
}

/** @param {Form} form @param {string} place @param {string} kind @param {boolean} found */
function which(form, place, kind, found) {
  const turn = (/** @type {Event} */ event) => form.put(place, { type: "link", ...(valueOf(event) === "find" ? { kind: ABOVE.includes(kind) ? kind : "related", find: { same: ["topic"] } } : { kind, ticket: "" }) });
  return html`<label class="field"><span class="label">${t("rule.link.which")}</span><select class="input" name="${place}.which" ?disabled=${form.locked} @change=${turn}>
    ${["find", "ticket"].map((id) => html`<option value=${id} .selected=${(id === "find") === found}>${t(`rule.link.by_${id}`)}</option>`)}</select></label>`;
}

/** @param {Form} form @param {string} place */
function fitting(form, place) {
  const same = SAME.map((id) => ({ id, label: t(`rule.link.same_${id}`) }));
  const types = TYPES.map((id) => ({ id, label: t(`type.${id}`) }));
  return html`${checks(form, `${place}.same`, { label: t("rule.link.same"), groups: [{ options: same }] })}
    <div class="two">${text(form, `${place}.tag`, { label: t("rule.link.tag"), optional: true, most: 60 })}${select(form, `${place}.type`, { label: t("rule.link.type"), options: types, none: t("rule.link.any_type") })}</div>
    <p class="hint">${t("rule.link.hint")}</p>`;
}

/** As the API takes it. @param {any} action */
export const linkBody = ({ find, ticket, ...rest }) => (find ? { ...rest, find: Object.fromEntries(Object.entries(find).filter(([, each]) => each?.length)) } : { ...rest, ticket: String(ticket || "").replace(/^#/, "") });
