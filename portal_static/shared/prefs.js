/** What a person chose for this browser: theme, density, language, folded panel. */
import { Store } from "./store.js";

const PLACE = "lambdesk.prefs";

/** @type {Store<{theme: "system" | "light" | "dark", density: "comfortable" | "compact", language: string, panel: boolean}>} */
export const prefs = new Store({ theme: "system", density: "comfortable", language: "", panel: true, ...remembered() });

/** Keep a choice and show it at once. @param {Partial<typeof prefs.value>} change */
export function prefer(change) {
  prefs.merge(change);
  localStorage.setItem(PLACE, JSON.stringify(prefs.value));
  applyPrefs();
}

export function applyPrefs() {
  const root = document.documentElement;
  const { theme, density } = prefs.value;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.dataset.density = density;
}

/** The theme in effect. @returns {"light" | "dark"} */
export function themeNow() {
  const { theme } = prefs.value;
  if (theme !== "system") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(PLACE) || "{}");
  } catch {
    return {};
  }
}
