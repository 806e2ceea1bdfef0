/** Every action of the desk, once: the palette, the shortcuts and the sheet of keys all read this list. */
import { api } from "../shared/api.js";
import { t } from "../shared/i18n.js";
import { statusLabel } from "../shared/parts/badges.js";
import { actOnToast, say } from "../shared/parts/toast.js";
import { prefer, prefs } from "../shared/prefs.js";
import { may, session, signOut } from "../shared/session.js";
import { openSearch } from "./parts/list-head.js";
import { FIRST, here, pathOf, router } from "./router.js";
import { openable, sectionTitle } from "./settings/registry.js";
import { statusOf } from "./state/catalogue.js";
import { assign, setStatus } from "./state/changes.js";
import { conversation } from "./state/conversation.js";
import { list, neighbour } from "./state/list.js";
import { newestHeld, takeBack } from "./state/held.js";
import { choose, chooseLoaded, chosen, clearChosen } from "./state/selection.js";
import { keep, ticketOf } from "./state/tickets.js";
import { hasColumn, openDialog, ui } from "./state/ui.js";
import { viewLabel, views } from "./state/views.js";

/**
 * @typedef {object} Command
 * @property {string} id
 * @property {"ticket" | "go" | "desk" | "found"} group
 * @property {string} icon
 * @property {string} label
 * @property {string} [keys]
 * @property {string} [also] a second key
 * @property {string} [effect] what it will do, in grey
 * @property {boolean} [typing] works while somebody types
 * @property {() => void} run
 */

const open = () => ticketOf(conversation.data?.id || "");

/** Press a control of the open ticket. @param {string} name */
const press = (name) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-control="${name}"]`))?.click();

/** @param {1 | -1} step */
function move(step) {
  if (here().screen === "settings") return moveRow(step);
  if (here().screen === "notices") return focusRow(step);
  const next = neighbour(conversation.data?.id || "", step);
  if (next) router.go(pathOf(here().view, next.number));
}

/** Open the next of the rows that a screen marks as steps. @param {1 | -1} step */
function moveRow(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-step]")]);
  const at = rows.findIndex((row) => row.getAttribute("aria-current") === "page");
  rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step]?.click();
}

/** Go to the next of such rows without opening it. @param {1 | -1} step */
function focusRow(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-step]")]);
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step]?.focus();
}

/** Take the unassigned ticket that has waited longest. */
export async function takeNext() {
  const page = await api.get("/tickets", { view: "unassigned", sort: "updated_at", limit: 1 }).catch(() => ({ data: [] }));
  const [next] = page.data;
  if (!next) return say({ text: t("take.none") });
  keep([next]);
  assign(next.id, session.value.me?.id || null);
  router.go(pathOf(here().view || "open", next.number));
}

/** Take back the newest message, or what the toast offers. */
export function undo() {
  const reply = newestHeld();
  if (!reply) return actOnToast();
  router.go(pathOf(list.value.view, ticketOf(reply.ticket)?.number));
  takeBack(reply.ticket, reply.id);
}

/** Look for something: the field is in the list, which other screens and a phone's conversation do not show. */
function search() {
  const { screen, ticket } = here();
  const hidden = matchMedia("(max-width: 1023px)").matches && ticket;
  if (screen !== "tickets" || hidden) router.go(pathOf(list.value.view || FIRST));
  openSearch();
}

function foldPanel() {
  if (hasColumn()) prefer({ panel: !prefs.value.panel });
  else ui.merge({ over: !ui.value.over });
}

/** @param {string} status @returns {Command[]} only when the ticket may go there */
function statusCommand(status, /** @type {string} */ keys) {
  const ticket = open();
  if (!ticket || !statusOf(ticket.status.id).next.includes(status)) return [];
  const effect = `${statusLabel(ticket.status)} → ${statusLabel(statusOf(status))}`;
  return [{ id: `status-${status}`, group: "ticket", icon: `status-${status}`, label: t(`command.${status}`), keys, effect, run: () => setStatus(ticket.id, status) }];
}

/** @returns {Command[]} */
function ticketCommands() {
  const ticket = open();
  if (!ticket) return [];
  /** @type {Command[]} */
  const reading = [{ id: "panel", group: "ticket", icon: "panel", label: t("command.panel"), keys: "]", run: foldPanel }];
  if (!may("tickets:write")) return reading;
  return [
    { id: "reply", group: "ticket", icon: "reply", label: t("command.reply"), keys: "r", run: () => press("reply") },
    { id: "note", group: "ticket", icon: "note", label: t("command.note"), keys: "n", run: () => press("note") },
    { id: "assign", group: "ticket", icon: "user", label: t("command.assign"), keys: "a", run: () => press("assignee") },
    ...(ticket.assignee_id === session.value.me?.id
      ? []
      : [{ id: "mine", group: /** @type {const} */ ("ticket"), icon: "inbox", label: t("command.assign_me"), run: () => assign(ticket.id, session.value.me?.id || null) }]),
    ...statusCommand("solved", "e"),
    ...statusCommand("waiting", "w"),
    ...statusCommand("on_hold", ""),
    ...statusCommand("open", ""),
    ...statusCommand("closed", "mod+shift+c"),
    { id: "snooze", group: "ticket", icon: "moon", label: t("command.snooze"), keys: "s", run: () => press("snooze") },
    { id: "merge", group: "ticket", icon: "split", label: t("merge.title"), run: () => openDialog("merge", ticket) },
    { id: "link", group: "ticket", icon: "link", label: t("links.add"), run: () => openDialog("link", ticket) },
    { id: "priority", group: "ticket", icon: "priority-normal", label: t("command.priority"), run: () => press("priority") },
    ...reading,
  ];
}

/** @returns {Command[]} */
function goCommands() {
  const all = (views.data || []).map((view) => ({
    id: `view-${view.id}`, group: /** @type {const} */ ("go"), icon: "inbox", label: viewLabel(view, view.id),
    effect: t("list.count", { n: view.count }), run: () => router.go(pathOf(view.id)),
  }));
  const mail = { id: "quarantine", group: /** @type {const} */ ("go"), icon: "shield", label: t("quarantine.title"), run: () => router.go("/mail/quarantine") };
  const numbers = { id: "numbers", group: /** @type {const} */ ("go"), icon: "chart", label: t("numbers.title"), run: () => router.go("/numbers") };
  const told = { id: "notices", group: /** @type {const} */ ("go"), icon: "bell", label: t("notice.title"), keys: "b", run: () => router.go("/notices") };
  return [...all, told, ...(may("mail:read") ? [mail] : []), numbers, ...settingsCommands()];
}

/** @returns {Command[]} */
function settingsCommands() {
  const all = openable();
  const first = { id: "settings", group: /** @type {const} */ ("go"), icon: "sliders", label: t("settings.title"), keys: "mod+,", run: () => router.go("/settings") };
  const each = all.map(({ id, icon }) => ({
    id: `settings-${id}`, group: /** @type {const} */ ("go"), icon, label: sectionTitle(id), effect: t("settings.title"), run: () => router.go(`/settings/${id}`),
  }));
  return all.length ? [first, ...each] : [];
}

/** Choosing rows for a change of many. @returns {Command[]} */
function choosing() {
  const focused = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest(".list-item"))?.dataset.id || conversation.data?.id || list.value.ids[0];
  const some = chosen.value.all || chosen.value.ids.size > 0;
  return [
    { id: "choose", group: "desk", icon: "check", label: t("bulk.choose_key"), keys: "x", run: () => focused() && choose(String(focused())) },
    { id: "choose-all", group: "desk", icon: "check", label: t("bulk.choose_all"), keys: "mod+a", run: chooseLoaded },
    ...(some ? [{ id: "choose-none", group: /** @type {const} */ ("desk"), icon: "x", label: t("bulk.clear"), keys: "escape", run: clearChosen }] : []),
  ];
}

/** @returns {Command[]} */
function deskCommands() {
  const write = may("tickets:write");
  /** @type {Command[]} */
  const writing = [
    { id: "new", group: "desk", icon: "plus", label: t("command.new"), keys: "mod+n", also: "c", run: () => openDialog("new-ticket") },
    { id: "take", group: "desk", icon: "inbox", label: t("command.take"), keys: "t", run: takeNext },
    { id: "undo", group: "desk", icon: "undo", label: t("command.undo"), keys: "z", run: undo },
  ];
  return [
    ...(write ? writing : []),
    { id: "next", group: "desk", icon: "down", label: t("command.next"), keys: "j", run: () => move(1) },
    { id: "previous", group: "desk", icon: "up", label: t("command.previous"), keys: "k", run: () => move(-1) },
    { id: "palette", group: "desk", icon: "search", label: t("command.palette"), keys: "mod+k", typing: true, run: () => openDialog("palette") },
    ...(may("tickets:bulk") ? choosing() : []),
    { id: "search", group: "desk", icon: "search", label: t("search.label"), keys: "/", run: search },
    { id: "keys", group: "desk", icon: "info", label: t("command.keys"), keys: "?", run: () => openDialog("keys") },
    { id: "me", group: "desk", icon: "user", label: t("me.title"), run: () => router.go("/me") },
    { id: "sign-out", group: "desk", icon: "right", label: t("me.sign_out"), run: signOut },
  ];
}

/** @returns {Command[]} what may be done here and now */
export const commands = () => [...ticketCommands(), ...goCommands(), ...deskCommands()];

/** The same as key bindings. @returns {import("../shared/keys.js").Binding[]} */
export function bindings() {
  if (document.querySelector("dialog:modal")) return []; // its keys are its own
  return commands().flatMap(({ keys, also, typing, run }) =>
    [keys, also].filter(Boolean).map((each) => ({ keys: String(each), typing: typing || String(each).startsWith("mod+shift"), run })),
  );
}
