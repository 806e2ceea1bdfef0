/** The desk's name, for a page that nobody has signed in to yet. */
import { api } from "../shared/api.js";
import { Store } from "../shared/store.js";

export const brand = new Store({ name: "" });

/** Ask for it; without an answer the page stays without a name. */
export async function loadBrand() {
  try {
    brand.set(await api.get("/portal/brand"));
  } catch {
    brand.set({ name: "" });
  }
}
