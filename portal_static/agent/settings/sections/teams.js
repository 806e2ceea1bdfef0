/** Teams: who answers what, and how tickets find them. */
import { html, nothing } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { teamDot } from "../../../shared/parts/people.js";
import { hrefOf } from "../../router.js";
import { longText, select, text } from "../form/parts.js";
import { colleagues, inUse, teams } from "../kept.js";
import { peopleCard } from "../people.js";
import { BY_HAND, routing, routingBody } from "../routing.js";
import "../routing-trial.js";
import { defineSection } from "../section.js";
import { lineOf } from "../tree.js";
import "../import.js";

/** @param {string} id */
const membersOf = (id) => (colleagues.data || []).filter((person) => person.team_ids?.includes(id));

/** Those under which it may stand: not itself, nor what is below it. @param {string} id */
const above = (id) => inUse(teams).filter((team) => !lineOf(teams.data || [], team.id).some((one) => one.id === id));

/** @param {any} row */
const tag = ({ routing: own }) => (own?.mode === "automatic" ? t("routing.tag") : "");

/** Tried where the desk gives out now, or would. @param {import("../form.js").Form} form */
function trial(form) {
  const { row, values } = form.value;
  const automatic = [row?.routing, values.routing].some((each) => each?.mode === "automatic");
  return automatic && !form.locked && !row?.archived ? html`<routing-trial .form=${form} .draft=${{ id: row?.id, routing: routingBody(values.routing) }}></routing-trial>` : nothing;
}

export default defineSection({
  records: teams,
  imports: { path: "/imports/teams" },
  write: "settings:write",
  watch: [colleagues],
  line: (row) => ({ title: row.name, lead: teamDot(row.hue, row.name), text: t("settings.teams.count", { n: membersOf(row.id).length }), tag: tag(row), level: lineOf(teams.data || [], row.id).length - 1 }),
  fresh: () => ({ name: "", focus: "", parent_id: null, routing: BY_HAND }),
  form: (form) => html`
    ${text(form, "name", { label: t("settings.field.name"), hint: t("settings.teams.name_hint"), required: true })}
    ${longText(form, "focus", { label: t("settings.field.focus"), optional: true, hint: t("settings.teams.focus_hint"), rows: 2, most: 500 })}
    ${select(form, "parent_id", { label: t("settings.teams.parent"), none: t("settings.teams.top"), options: above(form.value.row?.id || "").map(({ id, name }) => ({ id, label: name })) })}
    ${routing(form)}`,
  aside: (form) => {
    const { row } = form.value;
    if (!row) return html`<p class="i3">${t("settings.teams.about")}</p>`;
    return html`${trial(form)}${peopleCard(t("settings.teams.members"), membersOf(row.id), t("settings.teams.nobody"))}
      <section class="side-card"><a href=${hrefOf(`team:${row.id}`)}>${t("settings.teams.queue")}</a></section>`;
  },
  body: (values) => ({ ...values, ...("focus" in values ? { focus: values.focus || "" } : {}), ...(values.routing ? { routing: routingBody(values.routing) } : {}) }),
  loss: () => t("settings.teams.loss"),
});
