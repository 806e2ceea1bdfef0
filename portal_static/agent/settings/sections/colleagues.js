/** Colleagues: who works here, in which role, in which teams. */
import { html, nothing } from "../../../shared/element.js";
import { list, moment, nameOf } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { avatar } from "../../../shared/parts/people.js";
import { may, session } from "../../../shared/session.js";
import { teamOf } from "../../state/catalogue.js";
import { abilities, abilitiesBody, NONE } from "../abilities.js";
import { checks, select, text, toggle } from "../form/parts.js";
import { colleagues, roles, teams } from "../kept.js";
import { roleName, teamOptions } from "../people.js";
import { hrefTo } from "../place.js";
import { defineSection } from "../section.js";
import "../import.js";
import { sightSentence } from "./roles.js";

/** @param {any} role may one hand it out? */
const givable = (role) => role.permissions.every(may);

const roleOptions = () => (roles.data || []).map((role) => ({ id: role.id, label: roleName(/** @type {any} */ (role)), disabled: !givable(role) }));

/** @param {any} person */
const isMe = (person) => person?.id === session.value.me?.id;

export default defineSection({
  records: colleagues,
  imports: { path: "/imports/people", invites: true },
  write: ["people:write", "settings:write"],
  kept: true,
  watch: [roles, teams],
  line: (person) => {
    const names = (person.team_ids || []).map((/** @type {string} */ id) => teamOf(id)?.name).filter(Boolean);
    return {
      title: nameOf(/** @type {any} */ (person)),
      lead: avatar(nameOf(/** @type {any} */ (person)), 24),
      text: list([roleName(/** @type {any} */ (roles.of(person.role)), person.role), ...names]),
      tag: person.disabled ? t("settings.colleagues.off") : "",
    };
  },
  fresh: () => ({ email: "", name: "", role: "agent", team_ids: [], disabled: false, ...NONE }),
  fixed: (person) => (roles.of(person.role) && !givable(roles.of(person.role)) ? t("settings.colleagues.more_than_you") : ""),
  form: (form) => html`
    ${form.isNew ? text(form, "email", { label: t("field.email"), hint: t("settings.colleagues.invited"), type: "email", required: true }) : nothing}
    ${text(form, "name", { label: t("settings.field.name"), optional: form.isNew })}
    ${select(form, "role", { label: t("settings.field.role"), options: roleOptions(), required: true, hint: sightOf(form.get("role")) })}
    ${checks(form, "team_ids", { label: t("settings.teams"), groups: teamOptions(), none: t("settings.teams.empty") })}
    ${form.isNew ? nothing : abilities(form)}
    ${form.isNew ? nothing : toggle(form, "disabled", { label: t("settings.colleagues.may_enter"), flip: true, disabled: isMe(form.value.row), hint: t("settings.colleagues.may_enter_hint") })}`,
  aside: (form) => {
    const { row } = form.value;
    if (!row) return html`<p class="i3">${t("settings.colleagues.about")}</p>`;
    return html`<section class="side-card"><dl class="facts"><dt>${t("side.mail")}</dt><dd><bdi class="cut" title=${row.email}>${row.email}</bdi></dd>
        <dt>${t("settings.colleagues.since")}</dt><dd>${row.created_at ? moment(row.created_at) : ""}</dd></dl></section>
      ${may("audit:read") ? html`<section class="side-card links"><a href=${hrefTo("audit", "", { actor: row.id })}>${t("settings.colleagues.did")}</a><a href=${hrefTo("access", "", { actor: row.id })}>${t("settings.access")}</a></section>` : nothing}`;
  },
  body: ({ email, name, role, team_ids, ...rest }, form) =>
    form.isNew
      ? { email: email.trim(), role, ...(name.trim() ? { name: name.trim() } : {}), ...(team_ids?.length ? { team_ids } : {}) }
      : abilitiesBody(dropMissing({ name, role, team_ids, ...rest })),
});

/** @param {string} id */
function sightOf(id) {
  const role = roles.of(id);
  return role ? sightSentence(role.sees) : "";
}

/** @param {Record<string, any>} values */
const dropMissing = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
