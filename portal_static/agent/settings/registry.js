/** Every section of the settings, once: one line each. The menu, the palette and the addresses read this list. */
import { t } from "../../shared/i18n.js";
import { may } from "../../shared/session.js";

/**
 * @typedef {object} Entry
 * @property {string} id its place in addresses and in the keys of its texts
 * @property {"tickets" | "people" | "answers" | "mail" | "integrations" | "log"} group
 * @property {string} icon
 * @property {string[]} needs permissions, all of them
 * @property {() => Promise<{default: import("./section.js").Section}>} load
 */

export const GROUPS = ["tickets", "people", "answers", "mail", "integrations", "log"];

/** @type {Entry[]} */
export const SECTIONS = [
  { id: "statuses", group: "tickets", icon: "status-open", needs: ["settings:read"], load: () => import("./sections/statuses.js") },
  { id: "priorities", group: "tickets", icon: "priority-high", needs: ["settings:read"], load: () => import("./sections/priorities.js") },
  { id: "topics", group: "tickets", icon: "list", needs: ["settings:read"], load: () => import("./sections/topics.js") },
  { id: "fields", group: "tickets", icon: "sliders", needs: ["settings:read"], load: () => import("./sections/fields.js") },
  { id: "forms", group: "tickets", icon: "file", needs: ["settings:read"], load: () => import("./sections/forms.js") },
  { id: "tags", group: "tickets", icon: "tag", needs: ["settings:read"], load: () => import("./sections/tags.js") },
  { id: "closing", group: "tickets", icon: "clock", needs: ["settings:read"], load: () => import("./sections/closing.js") },
  { id: "calendars", group: "tickets", icon: "calendar", needs: ["settings:read"], load: () => import("./sections/calendars.js") },
  { id: "sla", group: "tickets", icon: "target", needs: ["settings:read"], load: () => import("./sections/sla.js") },
  { id: "rules", group: "tickets", icon: "bolt", needs: ["settings:read"], load: () => import("./sections/rules.js") },
  { id: "views", group: "tickets", icon: "filter", needs: ["settings:read", "tickets:read"], load: () => import("./sections/views.js") },
  { id: "colleagues", group: "people", icon: "user", needs: ["people:read", "settings:read"], load: () => import("./sections/colleagues.js") },
  { id: "teams", group: "people", icon: "flag", needs: ["settings:read"], load: () => import("./sections/teams.js") },
  { id: "load", group: "people", icon: "sliders", needs: ["settings:read"], load: () => import("./sections/load.js") },
  { id: "coverage", group: "people", icon: "clock", needs: ["settings:read", "people:read"], load: () => import("./sections/coverage.js") },
  { id: "notices", group: "people", icon: "bell", needs: ["settings:read"], load: () => import("./sections/notices.js") },
  { id: "roles", group: "people", icon: "lock", needs: ["settings:read"], load: () => import("./sections/roles.js") },
  { id: "macros", group: "answers", icon: "bolt", needs: ["settings:read", "tickets:write"], load: () => import("./sections/macros.js") },
  { id: "templates", group: "answers", icon: "note", needs: ["settings:read", "tickets:write"], load: () => import("./sections/templates.js") },
  { id: "mailboxes", group: "mail", icon: "inbox", needs: ["settings:read"], load: () => import("./sections/mailboxes.js") },
  { id: "letters", group: "mail", icon: "draft", needs: ["settings:read"], load: () => import("./sections/letters.js") },
  { id: "senders", group: "mail", icon: "shield", needs: ["mail:read"], load: () => import("./sections/senders.js") },
  { id: "suppressions", group: "mail", icon: "x", needs: ["mail:read"], load: () => import("./sections/suppressions.js") },
  { id: "arrival", group: "mail", icon: "split", needs: ["settings:read"], load: () => import("./sections/arrival.js") },
  { id: "domains", group: "mail", icon: "globe", needs: ["settings:read"], load: () => import("./sections/domains.js") },
  { id: "keys", group: "integrations", icon: "key", needs: ["keys:write"], load: () => import("./sections/keys.js") },
  { id: "apps", group: "integrations", icon: "link", needs: ["keys:write"], load: () => import("./sections/apps.js") },
  { id: "webhooks", group: "integrations", icon: "send", needs: ["webhooks:read"], load: () => import("./sections/webhooks.js") },
  { id: "audit", group: "log", icon: "history", needs: ["audit:read"], load: () => import("./sections/audit.js") },
  { id: "access", group: "log", icon: "eye", needs: ["audit:read"], load: () => import("./sections/access.js") },
];

/** The sections that this person may open. */
export const openable = () => SECTIONS.filter(({ needs }) => needs.every(may));

/** @param {string} id */
export const sectionTitle = (id) => t(`settings.${id}`);
