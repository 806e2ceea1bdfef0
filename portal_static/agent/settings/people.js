/** People and permissions, as several sections draw them. */
import { html } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { hasText, t } from "../../shared/i18n.js";
import { avatar } from "../../shared/parts/people.js";
import { may } from "../../shared/session.js";
import { inUse, roles, teams } from "./kept.js";
import { hrefTo } from "./place.js";

/** @param {{id: string, label: string} | undefined} role @param {string} [id] of a role that is gone */
export function roleName(role, id = "") {
  if (!role) return hasText(`role.${id}`) ? t(`role.${id}`) : t("view.unknown");
  return hasText(`role.${role.id}`) ? t(`role.${role.id}`) : role.label;
}

/** What a permission means. @param {string} permission */
export const meaning = (permission) => (hasText(`permission.${permission}`) ? t(`permission.${permission}`) : permission);

/** Every permission of staff: the administrator has them all. @returns {string[]} */
export const everyPermission = () => [...new Set((roles.data || []).flatMap((role) => role.permissions))];

/**
 * Permissions to choose from, by what they are about; those one does not have cannot be handed out.
 * @param {string[]} permissions
 */
export function permissionGroups(permissions) {
  const names = [...new Set(permissions.map((each) => each.split(":")[0]))];
  const known = ["tickets", "people", "settings", "roles", "keys", "webhooks", "mail", "events", "audit"];
  const ordered = [...known.filter((name) => names.includes(name)), ...names.filter((name) => !known.includes(name)).sort()];
  return ordered.map((name) => ({
    label: hasText(`permission.group.${name}`) ? t(`permission.group.${name}`) : name,
    options: permissions.filter((each) => each.split(":")[0] === name).sort(byReach).map(option),
  }));
}

/** @param {string} id */
const option = (id) => ({ id, label: meaning(id), hint: may(id) ? id : t("permission.not_yours", { id }), disabled: !may(id) });

const REACH = ["read", "write", "delete"];

/** Reading first. @param {string} one @param {string} other */
const byReach = (one, other) => REACH.indexOf(one.split(":")[1]) - REACH.indexOf(other.split(":")[1]);

/** Teams to choose from. */
export const teamOptions = () => [{ options: inUse(teams).map(({ id, name }) => ({ id, label: name })) }];

/** @param {string} title @param {any[]} people @param {string} none */
export function peopleCard(title, people, none) {
  return html`<section class="side-card"><h2 class="side-head">${title}<span class="side-count num">${people.length}</span></h2>
    ${people.length
      ? html`<ul>${people.map((person) => html`<li><a class="person-line" href=${hrefTo("colleagues", person.id)}>${avatar(nameOf(person), 20)}<span class="cut" dir="auto">${nameOf(person)}</span></a></li>`)}</ul>`
      : html`<p class="i3">${none}</p>`}</section>`;
}
