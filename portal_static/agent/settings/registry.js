/** Every section of the settings, once: one line each. The menu, the palette and the addresses read this list. */
import { t } from "../../shared/i18n.js";
import { may } from "../../shared/session.js";

/**
 * @typedef {object} Entry
 * @property {string} id its place in addresses and in the keys of its texts
 * @property {"tickets" | "people" | "answers" | "integrations" | "log"} group
 * @property {string} icon
 * @property {string[]} needs permissions, all of them
 * @property {() => Promise<{default: import("./section.js").Section}>} load
 */

export const GROUPS = ["tickets", "people", "answers", "integrations", "log"];

/** @type {Entry[]} */
export const SECTIONS = [
  { id: "colleagues", group: "people", icon: "user", needs: ["people:read", "settings:read"], load: () => import("./sections/colleagues.js") },
  { id: "teams", group: "people", icon: "flag", needs: ["settings:read"], load: () => import("./sections/teams.js") },
  { id: "roles", group: "people", icon: "lock", needs: ["settings:read"], load: () => import("./sections/roles.js") },
  { id: "keys", group: "integrations", icon: "key", needs: ["keys:write"], load: () => import("./sections/keys.js") },
  { id: "audit", group: "log", icon: "history", needs: ["audit:read"], load: () => import("./sections/audit.js") },
  { id: "access", group: "log", icon: "eye", needs: ["audit:read"], load: () => import("./sections/access.js") },
];

/** The sections that this person may open. */
export const openable = () => SECTIONS.filter(({ needs }) => needs.every(may));

/** @param {string} id */
export const sectionTitle = (id) => t(`settings.${id}`);
