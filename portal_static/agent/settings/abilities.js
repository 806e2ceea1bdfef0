/** What a colleague can do for tickets: skills, languages, how much at once; a part of his form. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { number, select } from "./form/parts.js";
import { pick } from "./form/pick.js";
import { languageName, LANGUAGES } from "./form/rich-parts.js";
import { skills, skillsBody } from "./form/skills.js";
import { teams } from "./kept.js";

/** @typedef {import("./form.js").Form} Form */

export const NONE = { primary_team_id: null, skills: [], languages: [], capacity: null };

/** @param {Form} form */
export function abilities(form) {
  /** @type {string[]} */
  const own = form.get("team_ids") || [];
  const options = own.map((id) => ({ id, label: teams.of(id)?.name || id }));
  const tags = [...new Set([...LANGUAGES, ...(form.get("languages") || [])])];
  const languages = tags.map((tag) => ({ id: tag, label: languageName(tag) })).sort((one, other) => one.label.localeCompare(other.label));
  return html`
    ${own.length > 1 ? select(form, "primary_team_id", { label: t("settings.field.primary_team_id"), none: t("abilities.no_primary"), options }) : nothing}
    ${skills(form, "skills", { label: t("settings.field.skills"), hint: t("abilities.skills_hint") })}
    ${pick(form, "languages", { label: t("settings.field.languages"), hint: t("abilities.languages_hint"), add: t("abilities.add_language"), options: languages, fixed: true })}
    ${number(form, "capacity", { label: t("settings.field.capacity"), optional: true, hint: t("abilities.capacity_hint"), placeholder: t("abilities.usual") })}`;
}

/** As the API takes them. @param {Record<string, any>} values */
export function abilitiesBody(values) {
  const own = values.team_ids || [];
  const left = values.primary_team_id && values.team_ids && !own.includes(values.primary_team_id) ? { primary_team_id: null } : {};
  return { ...values, ...(values.skills ? { skills: skillsBody(values.skills) } : {}), ...left };
}
