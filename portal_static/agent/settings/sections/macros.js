/** Macros: several things done to a ticket as one. */
import { html, nothing } from "../../../shared/element.js";
import { list, moment } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { actionsBody, actionsEditor } from "../form/actions.js";
import { text } from "../form/parts.js";
import { fields, macros, priorities, statuses, teams, templates, topics } from "../kept.js";
import { card } from "../previews.js";
import { defineSection } from "../section.js";
import { mayShare, sharedWith, sharing, usage } from "../sharing.js";
import { unknownIn, variables } from "../variables.js";
import "../trial.js";

/** @param {any[]} actions */
const inShort = (actions) => list([...new Set(actions.map(({ type }) => t(`macro.${type}`)))]);

/** @param {import("../form.js").Form} form */
const unknown = (form) => unknownIn((form.get("actions") || []).map((/** @type {any} */ action) => action.body_html || "").join("\n"));

/** @param {string[]} names */
export const unknownAlert = (names) => (names.length ? html`<p class="alert care">${icon("alert")}<span>${t("words.unknown", { n: names.length, names: names.join(", ") })}</span></p>` : nothing);

/** @param {any} row */
export const usedCard = (row) => card(t("usage.title"), html`<p>${usage(row)}${row.last_used_at ? html`<br /><span class="i3">${t("usage.last", { time: moment(row.last_used_at) })}</span>` : nothing}</p>`);

export default defineSection({
  records: macros,
  write: "tickets:write",
  ordered: true,
  watch: [statuses, priorities, teams, topics, fields, templates, variables],
  line: (row) => ({ title: row.name, lead: icon("bolt", 14), text: inShort(row.actions), tag: sharedWith(row, row.visibility) }),
  fresh: () => ({ name: "", description: "", visibility: "personal", team_ids: [], actions: [] }),
  fixed: (row) => mayShare(row.visibility),
  form: (form) => html`
    <div class="two">${text(form, "name", { label: t("settings.field.name"), required: true })}${text(form, "description", { label: t("settings.field.description"), optional: true, most: 1000 })}</div>
    ${actionsEditor(form)}${unknownAlert(unknown(form))}
    ${sharing(form, "visibility", "personal")}`,
  aside: (form) => {
    const { row } = form.value;
    if (!row) return html`<p class="i3">${t("settings.macros.about")}</p>`;
    return html`<settings-trial of=${row.id} version=${row.version} ?dirty=${form.isDirty} .path=${(/** @type {string} */ ticket) => `/tickets/${ticket}/macros/${row.id}/preview`}></settings-trial>${usedCard(row)}`;
  },
  body: (values) => ({ ...values, ...(values.actions ? { actions: actionsBody(values.actions) } : {}) }),
  again: ({ name, description, visibility, team_ids, actions }) => ({ name, description, visibility, team_ids, actions: actionsBody(actions) }),
});
