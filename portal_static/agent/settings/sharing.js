/** Whose a macro, template or view is. */
import { html, nothing } from "../../shared/element.js";
import { list } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { may } from "../../shared/session.js";
import { checks, select } from "./form/parts.js";
import { teams } from "./kept.js";
import { teamOptions } from "./people.js";

/** @param {import("./form.js").Form} form @param {string} name of the value @param {"personal" | "me"} own the word for one's own */
export function sharing(form, name, own) {
  const shared = may("settings:write");
  const options = [{ id: own, label: t("sharing.own") }, { id: "teams", label: t("sharing.teams"), disabled: !shared }, { id: "all", label: t("sharing.all"), disabled: !shared }];
  return html`${select(form, name, { label: t("sharing.title"), options, hint: shared ? "" : t("sharing.own_only") })}
    ${form.get(name) === "teams" ? checks(form, "team_ids", { label: t("settings.teams"), groups: teamOptions(), required: true, none: t("settings.teams.empty") }) : nothing}`;
}

/** The same in few words. @param {any} row @param {string} kind */
export function sharedWith(row, kind) {
  if (kind !== "teams") return t(kind === "all" ? "sharing.few.all" : "sharing.few.own");
  return list((row.team_ids || []).map((/** @type {string} */ id) => teams.of(id)?.name || id));
}

/** @param {string} kind */
export const mayShare = (kind) => (kind === "personal" || kind === "me" || may("settings:write") ? "" : t("sharing.fixed"));

/** @param {any} row used how often */
export const usage = ({ usage_count: n }) => (n ? t("usage", { n }) : t("usage.never"));
