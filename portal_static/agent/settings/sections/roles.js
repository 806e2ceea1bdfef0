/** Roles: what colleagues may do, and which tickets they see. */
import { html, nothing } from "../../../shared/element.js";
import { list } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { may } from "../../../shared/session.js";
import { checks, text } from "../form/parts.js";
import { colleagues, roles } from "../kept.js";
import { everyPermission, peopleCard, permissionGroups, roleName } from "../people.js";
import { hrefTo, NEW } from "../place.js";
import { defineSection } from "../section.js";

const SIGHTS = ["all", "teams", "assigned", "unassigned"];

/** Which tickets, in a sentence. @param {string[]} sees */
export function sightSentence(sees) {
  if (sees.includes("all")) return t("sight.sentence_all");
  const parts = SIGHTS.filter((each) => sees.includes(each)).map((each) => t(`sight.part.${each}`));
  return parts.length ? t("sight.sentence", { what: list(parts) }) : t("sight.sentence_none");
}

/** The same in few words. @param {string[]} sees */
const shortSight = (sees) => (sees.includes("all") ? t("sight.few.all") : list(sees.map((each) => t(`sight.few.${each}`))));

/** @param {string} id */
const holdersOf = (id) => (colleagues.data || []).filter((person) => person.role === id);

/** @param {any} form */
function sightOptions(form) {
  const all = (form.get("sees") || []).includes("all");
  return [{ options: SIGHTS.map((id) => ({ id, label: t(`sight.${id}`), forced: all && id !== "all" })) }];
}

/** @param {URLSearchParams} query */
function fresh(query) {
  const from = roles.of(query.get("from") || "");
  if (!from) return { label: "", permissions: ["tickets:read", "people:read", "settings:read", "events:read"].filter(may), sees: ["teams", "assigned"] };
  return { label: t("settings.roles.copy_of", { name: roleName(/** @type {any} */ (from)) }), permissions: from.permissions.filter(may), sees: from.sees };
}

export default defineSection({
  records: roles,
  write: "roles:write",
  watch: [colleagues],
  line: (row) => ({
    title: roleName(/** @type {any} */ (row)),
    text: t("settings.roles.line", { n: row.permissions.length, sight: shortSight(row.sees) }),
    tag: row.built_in ? t("settings.roles.built_in") : "",
  }),
  fresh,
  fixed: (row) => (row.built_in ? t("settings.roles.fixed") : row.permissions.every(may) ? "" : t("settings.roles.more_than_you")),
  acts: (row) => (may("roles:write") ? html`<a class="btn second" href=${hrefTo("roles", NEW, { from: row.id })}>${icon("copy", 14)}${t("settings.roles.copy")}</a>` : nothing),
  form: (form) => html`
    ${form.value.row?.built_in ? nothing : text(form, "label", { label: t("settings.field.label"), required: true })}
    ${checks(form, "sees", { label: t("settings.roles.sees"), groups: sightOptions(form), required: true })}
    <p class="in-words">${icon("quote")}<span><b>${t("settings.in_words")}</b> ${sightSentence(form.get("sees") || [])}</span></p>
    ${checks(form, "permissions", { label: t("settings.roles.may"), groups: permissionGroups(everyPermission()), required: true })}`,
  aside: (form) => html`
    ${form.value.row ? peopleCard(t("settings.roles.holders"), holdersOf(form.value.row.id), t("settings.roles.nobody")) : html`<p class="i3">${t("settings.roles.about")}</p>`}
    ${may("audit:read") ? html`<section class="side-card"><a href=${hrefTo("access")}>${t("settings.access")}</a><p class="i3">${t("settings.access.about")}</p></section>` : nothing}`,
  loss: () => t("settings.roles.loss"),
  refused: (error) => (error.code === "in_use" ? t("settings.roles.in_use", { n: error.problem.holders }) : ""),
  again: ({ label, permissions, sees }) => ({ label, permissions, sees }),
});
