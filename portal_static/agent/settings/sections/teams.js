/** Teams: who answers what. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { teamDot } from "../../../shared/parts/people.js";
import { hrefOf } from "../../router.js";
import { text } from "../form/parts.js";
import { colleagues, teams } from "../kept.js";
import { peopleCard } from "../people.js";
import { defineSection } from "../section.js";

/** @param {string} id */
const membersOf = (id) => (colleagues.data || []).filter((person) => person.team_ids?.includes(id));

export default defineSection({
  records: teams,
  write: "settings:write",
  watch: [colleagues],
  line: ({ id, name, hue }) => ({ title: name, lead: teamDot(hue, name), text: t("settings.teams.count", { n: membersOf(id).length }) }),
  fresh: () => ({ name: "" }),
  form: (form) => text(form, "name", { label: t("settings.field.name"), hint: t("settings.teams.name_hint"), required: true }),
  aside: (form) => {
    const { row } = form.value;
    if (!row) return html`<p class="i3">${t("settings.teams.about")}</p>`;
    return html`${peopleCard(t("settings.teams.members"), membersOf(row.id), t("settings.teams.nobody"))}
      <section class="side-card"><a href=${hrefOf(`team:${row.id}`)}>${t("settings.teams.queue")}</a></section>`;
  },
  loss: () => t("settings.teams.loss"),
});
