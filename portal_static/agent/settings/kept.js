/** The records that several sections read. */
import { loadCatalogue } from "../state/catalogue.js";
import { recount } from "../state/views.js";
import { Records } from "./records.js";

const again = () => loadCatalogue().catch(() => {});

export const teams = new Records({
  path: "/teams",
  kind: "team",
  after: () => {
    again();
    recount();
  },
});
export const roles = new Records({ path: "/roles", kind: "role" });
export const colleagues = new Records({ path: "/people", kind: "person", query: { kind: "staff", limit: 100 }, after: again });
export const keys = new Records({ path: "/api-keys", kind: "api_key", secret: "key" });
