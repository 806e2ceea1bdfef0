/** What of the audit trail is asked for: who, what, on which thing, when. Each lives in the address. */
import { html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { catalogue } from "../state/catalogue.js";
import { ticketOf } from "../state/tickets.js";
import { keys } from "./kept.js";

const ACTIONS = ["ticket.*", "message.*", "note.*", "job.*", "person.*", "company.*", "setting.*", "setting.created", "setting.changed", "setting.deleted", "mail.*"];

/** @param {URLSearchParams} query @param {(change: Record<string, string>) => void} filter */
export function auditFilters(query, filter) {
  const get = (/** @type {string} */ name) => query.get(name) || "";
  const people = [...catalogue.value.staff.map((person) => [person.id, nameOf(person)]), ...(keys.data || []).map((key) => [key.id, t("audit.key", { name: key.name })])];
  const actions = ACTIONS.map((action) => [action, t(`audit.filter.${action}`)]);
  return html`<form class="log-filters" aria-label=${t("audit.filters")} @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${choice("actor", t("audit.who"), t("audit.anybody"), people, get("actor"), filter)}
    ${choice("action", t("audit.what"), t("audit.anything"), actions, get("action"), filter)}
    ${day("from", t("audit.from"), get("from"), filter)}${day("to", t("audit.to"), get("to"), filter)}
    ${get("resource_id") ? resource(get("resource_type"), get("resource_id"), filter) : nothing}
    ${query.toString() ? html`<button type="button" class="btn ghost small" @click=${() => filter({ actor: "", action: "", from: "", to: "", resource_type: "", resource_id: "" })}>${t("audit.clear")}</button>` : nothing}
  </form>`;
}

/** @param {string} name @param {string} label @param {string} none @param {string[][]} options @param {string} chosen @param {(change: any) => void} filter */
function choice(name, label, none, options, chosen, filter) {
  const known = !chosen || options.some(([id]) => id === chosen);
  const all = known ? options : [...options, [chosen, chosen]];
  return html`<label class="log-filter"><span>${label}</span><select class="input" name=${name} @change=${(/** @type {any} */ event) => filter({ [name]: event.target.value })}>
    <option value="" .selected=${!chosen}>${none}</option>${all.map(([id, text]) => html`<option value=${id} .selected=${id === chosen}>${text}</option>`)}</select></label>`;
}

/** @param {string} name @param {string} label @param {string} value @param {(change: any) => void} filter */
function day(name, label, value, filter) {
  return html`<label class="log-filter"><span>${label}</span><input class="input" type="date" name=${name} .value=${value} @change=${(/** @type {any} */ event) => filter({ [name]: event.target.value })} /></label>`;
}

/** @param {string} type @param {string} id @param {(change: any) => void} filter */
function resource(type, id, filter) {
  const name = type === "ticket" && ticketOf(id) ? `#${ticketOf(id)?.number}` : t("audit.only_one");
  return html`<span class="pill">${name}<button type="button" aria-label=${t("audit.any_thing")} @click=${() => filter({ resource_type: "", resource_id: "" })}>${icon("x", 12)}</button></span>`;
}
