/** Skills with their levels: what somebody can do, or what a team asks for. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { colleagues, teams } from "../kept.js";
import { append, plusButton } from "./pick.js";
import { rows } from "./rows.js";
import { valueOf } from "./parts.js";

export const LEVELS = [1, 2, 3, 4, 5];

/** The skills that are in use, so that one thing has one name. @returns {string[]} */
function known() {
  const own = (colleagues.data || []).flatMap((person) => person.skills || []);
  const asked = (teams.data || []).flatMap((team) => team.routing?.requires || []);
  return [...new Set([...own, ...asked].map(({ skill }) => skill))].filter(Boolean).sort((one, other) => one.localeCompare(other));
}

/** @param {import("../form.js").Form} form @param {string} name @param {{label: string, hint?: string, least?: boolean, empty?: string}} words `least`: the level is the least that will do */
export function skills(form, name, { least = false, ...words }) {
  /** @type {{skill: string, level: number}[]} */
  const all = form.get(name) || [];
  const called = (/** @type {number} */ at) => all[at]?.skill || String(at + 1);
  const list = `known-${name}`;
  const row = (/** @type {number} */ at) => {
    const one = all[at];
    if (!one) return nothing;
    const bad = String(Boolean(form.problem(`${name}.${at}.skill`)));
    return html`<div class="option-line"><input class="input" name="${name}.${at}.skill" aria-label=${t("skills.name", { n: at + 1 })} list=${list} dir="auto" maxlength="60" autocomplete="off" .value=${one.skill} ?disabled=${form.locked} aria-invalid=${bad}
        @input=${(/** @type {Event} */ event) => form.put(`${name}.${at}`, { ...one, skill: valueOf(event) })} />
      <select class="input" name="${name}.${at}.level" aria-label=${t("skills.level", { n: at + 1 })} ?disabled=${form.locked} @change=${(/** @type {Event} */ event) => form.put(`${name}.${at}`, { ...one, level: Number(valueOf(event)) })}>
        ${LEVELS.map((level) => html`<option value=${level} .selected=${level === one.level}>${t(`skills.level.${level}`)}</option>`)}</select></div>`;
  };
  const add = plusButton(t(least ? "skills.add_asked" : "skills.add"), () => append(form, name, { skill: "", level: least ? 1 : 3 }));
  return html`${rows(form, name, { ...words, fixed: true, row, called, add })}
    <datalist id=${list}>${known().map((skill) => html`<option value=${skill}></option>`)}</datalist>`;
}

/** As the API takes them: what has no name is none. @param {{skill: string, level: number}[]} all */
export const skillsBody = (all) => (all || []).filter(({ skill }) => skill.trim()).map(({ skill, level }) => ({ skill: skill.trim(), level }));
