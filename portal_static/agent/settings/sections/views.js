/** Views: filters with a name, for oneself, for teams, for all. */
import { html } from "../../../shared/element.js";
import { number } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { hrefOf } from "../../router.js";
import { field, text, valueOf } from "../form/parts.js";
import { pick } from "../form/pick.js";
import { condition } from "../form/rich-parts.js";
import { fields, inUse, teams, views } from "../kept.js";
import { defineSection } from "../section.js";
import { mayShare, sharedWith, sharing } from "../sharing.js";
import "../view-count.js";

const SORTS = ["updated_at", "created_at", "number", "priority", "status_changed_at", "first_response_at", "resolved_at", "due_at", "message_count"];
const COLUMNS = ["number", "subject", "status", "priority", "requester", "assignee", "team", "tags", "channel", "created_at", "updated_at", "due_at", "resolved_at", "message_count", "company", "topic", "type"];

/** The first of an order and its direction; what follows stays as it is. @param {import("../form.js").Form} form */
function order(form) {
  const [first, ...rest] = String(form.get("sort") || "-updated_at").split(",");
  const [down, key] = [first.startsWith("-"), first.replace("-", "")];
  const put = (/** @type {string} */ name, /** @type {boolean} */ falling) => form.put("sort", [`${falling ? "-" : ""}${name}`, ...rest.filter((each) => each.replace("-", "") !== name)].join(","));
  return field(form, "sort", { label: t("settings.field.sort") }, ({ id, invalid, described, disabled }) => html`<span class="trial-line"><select class="input" id=${id} name="sort" ?disabled=${disabled} aria-invalid=${invalid} aria-describedby=${described} @change=${(/** @type {Event} */ event) => put(valueOf(event), down)}>
      ${SORTS.map((name) => html`<option value=${name} .selected=${name === key}>${t(`sort.${name}`)}</option>`)}</select>
    <select class="input" name="direction" aria-label=${t("settings.views.direction")} ?disabled=${disabled} @change=${(/** @type {Event} */ event) => put(key, valueOf(event) === "-")}>
      <option value="-" .selected=${down}>${t("settings.views.down")}</option><option value="" .selected=${!down}>${t("settings.views.up")}</option></select></span>`);
}

const columns = () => [...COLUMNS.map((id) => ({ id, label: t(`column.${id}`) })), ...inUse(fields).map((row) => ({ id: `fields.${row.id}`, label: row.label, hint: t("settings.views.own_field") }))];

export default defineSection({
  records: views,
  write: "tickets:read",
  ordered: true,
  watch: [teams, fields],
  line: (row) => ({ title: row.label, lead: icon("filter", 14), text: row.filter || t("settings.views.everything"), tag: row.count === undefined ? "" : number(row.count) }),
  fresh: () => ({ label: "", filter: "category:active ", sort: "-updated_at", columns: ["number", "subject", "requester", "status", "assignee", "updated_at"], shared: "me", team_ids: [] }),
  step: (ids, id, step) => {
    const group = ids.filter((each) => (views.of(each)?.shared === "me") === (views.of(id)?.shared === "me"));
    return ids.indexOf(group[group.indexOf(id) + step]);
  },
  fixed: (row) => mayShare(row.shared),
  form: (form) => html`
    ${text(form, "label", { label: t("settings.field.label"), required: true })}
    ${condition(form, "filter", { label: t("settings.field.filter"), hint: t("settings.views.filter_hint"), placeholder: "category:active priority:>=high assignee:none" })}
    ${order(form)}
    ${pick(form, "columns", { label: t("settings.views.columns"), required: true, add: t("settings.views.add_column"), options: columns() })}
    ${sharing(form, "shared", "me")}`,
  aside: (form) => html`<view-count .form=${form} .filter=${form.get("filter") || ""}></view-count>
    ${form.value.row ? html`<section class="side-card links"><a href=${hrefOf(form.value.row.id)}>${t("settings.views.open")}</a><span class="i3">${sharedWith(form.value.row, form.value.row.shared)}</span></section>` : html`<p class="i3">${t("settings.views.about")}</p>`}`,
  body: (values, form) => ({ ...values, ...("filter" in values ? { filter: values.filter || "" } : {}), ...(values.shared ? { team_ids: values.shared === "teams" ? form.get("team_ids") : [] } : {}) }),
  again: ({ label, filter, sort, columns: shown, shared, team_ids }) => ({ label, filter, sort, columns: shown, shared, team_ids }),
});
