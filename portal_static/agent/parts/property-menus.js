/** Menus that change a property: they list only what is allowed from here. */
import { api } from "../../shared/api.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { priorityBadge, priorityName, statusIcon, statusLabel } from "../../shared/parts/badges.js";
import { icon } from "../../shared/parts/icons.js";
import { openMenu } from "../../shared/parts/menu.js";
import { avatar, nobody, teamDot } from "../../shared/parts/people.js";
import { say } from "../../shared/parts/toast.js";
import { may, session } from "../../shared/session.js";
import { router } from "../router.js";
import { PRIORITIES, assignable, catalogue, statusOf } from "../state/catalogue.js";
import { refreshConversation } from "../state/conversation.js";
import { putInTrash, purge, restore } from "../state/sleep.js";
import { keep } from "../state/tickets.js";
import { openDialog } from "../state/ui.js";
import { addTag, assign, setPriority, setStatus, setTeam } from "../state/changes.js";

/** @typedef {import("../state/tickets.js").Ticket} Ticket */

/** @type {Record<string, string>} */
const STATUS_KEYS = { solved: "e", waiting: "w", closed: "mod+shift+c" };

/** @param {Event} event */
const anchor = (event) => /** @type {HTMLElement} */ (event.currentTarget);

/** @param {Event} event @param {Ticket} ticket */
export function statusMenu(event, ticket) {
  const items = statusOf(ticket.status.id).next.map(statusOf).map((status, at) => ({
    label: statusLabel(status),
    icon: statusIcon(status.category),
    keys: STATUS_KEYS[status.id],
    head: at ? undefined : t("ticket.allowed_from", { status: statusLabel(ticket.status) }),
    run: () => setStatus(ticket.id, status.id),
  }));
  openMenu(anchor(event), { label: t("ticket.status"), items });
}

/** @param {Event} event @param {Ticket} ticket */
export function assigneeMenu(event, ticket) {
  const me = session.value.me?.id || "";
  const others = assignable().filter((person) => person.id !== me);
  const items = [
    { label: t("command.assign_me"), icon: avatar(nameOf(session.value.me), 20), checked: ticket.assignee_id === me, run: () => assign(ticket.id, me) },
    { label: t("ticket.nobody"), icon: nobody(18), checked: ticket.assignee_id === null, run: () => assign(ticket.id, null) },
    ...others.map((person) => ({
      label: nameOf(person),
      icon: avatar(nameOf(person), 20),
      checked: person.id === ticket.assignee_id,
      run: () => assign(ticket.id, person.id),
    })),
  ];
  openMenu(anchor(event), { label: t("ticket.assignee"), items, search: true });
}

/** @param {Event} event @param {Ticket} ticket */
export function priorityMenu(event, ticket) {
  const items = PRIORITIES.map((priority) => ({
    label: priorityName(priority),
    icon: priorityBadge(priority, { word: false }),
    checked: priority === ticket.priority,
    run: () => setPriority(ticket.id, priority),
  }));
  openMenu(anchor(event), { label: t("ticket.priority"), items });
}

/** @param {Event} event @param {Ticket} ticket */
export function teamMenu(event, ticket) {
  const teams = catalogue.value.teams.map((team) => ({
    label: team.name,
    icon: teamDot(team.hue, team.name),
    checked: team.id === ticket.team_id,
    run: () => setTeam(ticket.id, team.id),
  }));
  const none = { label: t("ticket.no_team"), icon: icon("x"), checked: !ticket.team_id, run: () => setTeam(ticket.id, null) };
  openMenu(anchor(event), { label: t("ticket.team"), items: [...teams, none] });
}

/** @param {Event} event @param {Ticket} ticket */
export function tagMenu(event, ticket) {
  const items = catalogue.value.tags
    .filter((tag) => !ticket.tags.includes(tag))
    .map((tag) => ({ label: tag, icon: icon("tag"), run: () => addTag(ticket.id, tag) }));
  /** @param {string} text */
  const free = (text) => {
    const tag = text.toLocaleLowerCase().replace(/\s+/g, "-");
    if (ticket.tags.includes(tag) || items.some((item) => item.label === tag)) return null;
    return { label: t("tag.create", { tag }), icon: icon("plus"), run: () => addTag(ticket.id, tag) };
  };
  openMenu(anchor(event), { label: t("tag.add"), items, search: true, free });
}

/** @param {Ticket} ticket */
const auditItems = (ticket) => [
  { label: t("more.access"), icon: icon("eye"), line: true, run: () => router.go(`/settings/access?ticket=${ticket.number}`) },
  { label: t("more.audit"), icon: icon("history"), run: () => router.go(`/settings/audit?resource_type=ticket&resource_id=${ticket.id}`) },
];

/** @param {Ticket} ticket */
const relationItems = (ticket) => [
  ticket.merged_into
    ? { label: t("merge.undo"), icon: icon("split"), line: true, run: () => void unmerge(ticket) }
    : { label: t("merge.title"), icon: icon("split"), line: true, run: () => openDialog("merge", ticket) },
  { label: t("links.add"), icon: icon("link"), run: () => openDialog("link", ticket) },
];

/** @param {Ticket} ticket */
async function unmerge(ticket) {
  try {
    keep([await api.delete(`/tickets/${ticket.id}/merge`)]);
    say({ text: t("merge.undone", { number: String(ticket.number) }) });
    await refreshConversation();
  } catch (error) {
    const { status, detail } = /** @type {any} */ (error);
    say({ bad: true, text: t("undo.failed", { reason: status ? detail : t("change.offline") }) });
  }
}

/** @param {Ticket} ticket */
function trashItems(ticket) {
  if (!ticket.trashed_at) return [{ label: t("trash.put"), icon: icon("trash"), line: true, run: () => void putInTrash(ticket) }];
  const purging = { label: t("trash.purge"), icon: icon("x"), run: () => void purge(ticket) };
  return [{ label: t("trash.restore"), icon: icon("undo"), line: true, run: () => void restore(ticket) }, ...(may("tickets:purge") ? [purging] : [])];
}

/** @param {Event} event @param {Ticket} ticket */
export function moreMenu(event, ticket) {
  const copy = (/** @type {string} */ text) => navigator.clipboard?.writeText(text).then(() => say({ text: t("more.copied") }));
  const items = [
    { label: t("more.copy_link"), icon: icon("link"), run: () => copy(`${location.origin}/agent/tickets/${ticket.number}`) },
    { label: t("more.copy_number"), icon: icon("copy"), run: () => copy(`#${ticket.number}`) },
    ...(may("tickets:write") && !ticket.trashed_at ? relationItems(ticket) : []),
    ...(may("audit:read") ? auditItems(ticket) : []),
    ...(may("tickets:delete") ? trashItems(ticket) : []),
  ];
  openMenu(anchor(event), { label: t("action.more"), items });
}
