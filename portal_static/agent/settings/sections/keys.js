/** API keys: what programs may do here. The secret is shown once, to whoever made the key. */
import { html, nothing } from "../../../shared/element.js";
import { day, list, moment, nameOf } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { session } from "../../../shared/session.js";
import { agentOf, teamOf } from "../../state/catalogue.js";
import { date } from "../form/date.js";
import { checks, lines, number, text } from "../form/parts.js";
import { keys, teams } from "../kept.js";
import { permissionGroups, teamOptions } from "../people.js";
import { defineSection } from "../section.js";
import { drop, holdSecret, secretCard, secretHeld } from "../secret.js";

/** @param {any} key */
const isOver = ({ expires_at }) => Boolean(expires_at) && Date.parse(expires_at) <= Date.now();

/** @param {any} key */
const lastUsed = ({ last_used_at }) => (last_used_at ? t("settings.keys.used", { time: moment(last_used_at) }) : t("settings.keys.unused"));

/** One's own permissions, and those the key has already. @param {import("../form.js").Form} form */
const choosable = (form) => [...new Set([...(session.value.me?.permissions || []), ...(form.value.base.scopes || [])])];

/** What the key can do, in a sentence. @param {import("../form.js").Form} form */
function inWords(form) {
  const names = (form.get("team_ids") || []).map((/** @type {string} */ id) => teamOf(id)?.name || id);
  const said = [
    names.length ? t("settings.keys.words.teams", { names: list(names) }) : t("settings.keys.words.all"),
    form.get("networks")?.length ? t("settings.keys.words.networks") : "",
    form.get("expires_at") ? t("settings.keys.words.until", { date: day(form.get("expires_at")) }) : "",
    typeof form.get("per_minute") === "number" ? t("settings.keys.words.minute", { n: form.get("per_minute") }) : "",
  ];
  return html`<p class="in-words">${icon("quote")}<span><b>${t("settings.in_words")}</b> ${said.filter(Boolean).join(" ")}</span></p>`;
}

export default defineSection({
  records: keys,
  write: "keys:write",
  watch: [teams, secretHeld],
  line: (row) => ({ title: row.name, lead: icon("key"), text: lastUsed(row), tag: isOver(row) ? t("settings.keys.over") : "" }),
  fresh: () => ({ name: "", scopes: ["tickets:read"], team_ids: null, networks: null, expires_at: null, per_minute: null }),
  form: (form) => html`
    ${secretCard(form.value.row?.id, (secret) => `curl -H "Authorization: Bearer ${secret}" ${location.origin}/v1/tickets`)}
    ${text(form, "name", { label: t("settings.field.name"), hint: t("settings.keys.name_hint"), required: true })}
    ${checks(form, "scopes", { label: t("settings.keys.scopes"), hint: t("settings.keys.scopes_hint"), groups: permissionGroups(choosable(form)), required: true })}
    ${checks(form, "team_ids", { label: t("settings.keys.teams"), hint: t("settings.keys.teams_hint"), groups: teamOptions(), nullable: true, none: t("settings.teams.empty") })}
    ${lines(form, "networks", { label: t("settings.keys.networks"), optional: true, hint: t("settings.keys.networks_hint"), placeholder: "203.0.113.0/24" })}
    <div class="two">${date(form, "expires_at", { label: t("settings.keys.expires"), optional: true, hint: t("settings.keys.expires_hint") })}
      ${number(form, "per_minute", { label: t("settings.keys.per_minute"), optional: true, hint: t("settings.keys.per_minute_hint") })}</div>
    ${inWords(form)}`,
  aside: (form) => {
    const { row } = form.value;
    if (!row) return html`<p class="i3">${t("settings.keys.about")}</p>`;
    return html`<section class="side-card"><dl class="facts"><dt>${t("settings.keys.made_by")}</dt><dd><span class="cut" dir="auto">${nameOf(agentOf(row.created_by) || null)}</span></dd>
      <dt>${t("settings.keys.made_at")}</dt><dd>${moment(row.created_at)}</dd><dt>${t("settings.keys.last")}</dt><dd>${row.last_used_at ? moment(row.last_used_at) : t("settings.keys.unused")}</dd></dl></section>
      ${isOver(row) ? html`<p class="alert care">${icon("clock")}<span>${t("settings.keys.over_text")}</span></p>` : nothing}`;
  },
  made: (row) => holdSecret(row.id, row.key),
  holds: () => (secretHeld.value && !secretHeld.value.copied ? { title: t("secret.leave.title"), text: t("secret.leave.text"), action: t("secret.leave.action") } : null),
  left: drop,
  loss: (row) => t("settings.keys.loss", { used: lastUsed(row) }),
});
