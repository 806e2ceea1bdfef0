/** The records that several sections read. */
import { api } from "../../shared/api.js";
import { loadCatalogue } from "../state/catalogue.js";
import { recount } from "../state/views.js";
import { Records } from "./records.js";
import { inTree } from "./tree.js";

const again = () => loadCatalogue().catch(() => {});

export const teams = new Records({
  path: "/teams",
  kind: "team",
  archives: true,
  tidy: inTree,
  after: () => {
    again();
    recount();
  },
});
export const roles = new Records({ path: "/roles", kind: "role" });
export const colleagues = new Records({ path: "/people", kind: "person", query: { kind: "staff", limit: 100 }, after: again });
export const keys = new Records({ path: "/api-keys", kind: "api_key", secret: "key" });
export const apps = new Records({ path: "/apps", kind: "oauth_app", secret: "client_secret" });

export const statuses = new Records({ path: "/statuses", kind: "status", archives: true, after: again });
export const priorities = new Records({ path: "/priorities", kind: "priority", archives: true, topFirst: true });
export const topics = new Records({ path: "/topics", kind: "topic", archives: true, tidy: inTree });
export const fields = new Records({ path: "/fields", kind: "field", archives: true });
export const forms = new Records({ path: "/forms", kind: "form" });
export const tags = new Records({ path: "/tags", kind: "tag", after: again });
export const closingRules = new Records({ path: "/closing-rules", kind: "closing_rule", archives: true });
export const calendars = new Records({ path: "/calendars", kind: "calendar", archives: true });
export const slaPolicies = new Records({ path: "/sla-policies", kind: "sla_policy", archives: true });
export const rules = new Records({ path: "/rules", kind: "rule", archives: true });
export const macros = new Records({ path: "/macros", kind: "macro" });
export const templates = new Records({ path: "/templates", kind: "template" });
/** The views that somebody keeps: those that every desk has are not here. */
class Views extends Records {
  async read() {
    return (await super.read()).filter(({ group }) => group === "shared" || group === "personal");
  }

  /** There is no call for an order: each has its position. @param {string[]} ids @param {string[]} before */
  async reorder(ids, before) {
    this.arrange(ids);
    try {
      for (const [at, id] of ids.entries()) if (this.of(id)?.position !== at + 1) await this.save(id, { position: at + 1 });
    } catch (error) {
      this.arrange(before);
      throw error;
    }
  }
}

/** @type {Views} */
export const views = new Views({
  path: "/views",
  kind: "view",
  tidy: (rows) => [...rows.filter(({ shared }) => shared !== "me"), ...rows.filter(({ shared }) => shared === "me")],
  after: () => {
    recount();
    views.open();
  },
});
export const webhooks = new Records({ path: "/webhooks", kind: "webhook", secret: "secret" });

export const mailboxes = new Records({ path: "/mailboxes", kind: "mailbox", archives: true });
export const senders = new Records({ path: "/sender-rules", kind: "sender_rule" });
/** By kind, in the order in which the API has them, then by language. @param {import("./records.js").Row[]} rows */
const byKind = (rows) => {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return [...rows].sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || one.locale.localeCompare(other.locale));
};
export const letters = new Records({ path: "/mail-templates", kind: "mail_template", tidy: byKind });
export const suppressions = new Records({ path: "/suppressions", kind: "suppression" });
/** The only record of its kind. */
class Only extends Records {
  /** @param {string} id @param {{path: string, kind: string}} about */
  constructor(id, about) {
    super(about);
    this.only = id;
  }

  async read() {
    return this.settled([{ ...(await api.get(this.path)), id: this.only }]);
  }

  /** @param {string} _id @param {Record<string, any>} changes @param {number} [version] */
  async save(_id, changes, version) {
    const row = { ...(await api.patch(this.path, changes, { ifMatch: version })), id: this.only };
    this.note(this.only, row);
    this.put(row);
    return row;
  }
}

export const policy = new Only("mail_policy", { path: "/mail-policy", kind: "mail_policy" });
export const organisation = new Only("org", { path: "/organisation", kind: "org" });

/** Those that can be chosen. @param {Records} records @returns {import("./records.js").Row[]} */
export const inUse = (records) => (records.data || []).filter((row) => !row.archived);
