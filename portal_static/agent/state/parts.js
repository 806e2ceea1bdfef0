/** Parts of the desk that are fetched when they are first used. */
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { ui } from "./ui.js";

/** @type {Record<string, () => Promise<any>>} */
const PARTS = {
  settings: () => import("../settings/settings.js"),
  numbers: () => import("../numbers/numbers.js"),
  notices: () => import("../notices/page.js"),
  wishes: () => import("../notices/wishes.js"),
  search: () => import("../search/search.js"),
  answers: () => import("../macros/picker.js"),
  fields: () => import("../fields/panel.js"),
  "new-fields": () => import("../fields/form.js"),
  relations: () => import("../relations/panel.js"),
  decisions: () => import("../parts/ticket-decisions.js"),
  routing: () => import("../parts/routing-reason.js"),
  sides: () => import("../relations/sides.js"),
  merge: () => import("../relations/merge.js"),
  link: () => import("../relations/link.js"),
  split: () => import("../relations/split.js"),
  bulk: () => import("../bulk/bulk.js"),
  "job-faults": () => import("../bulk/bulk.js"),
  follow: () => import("../search/follow.js"),
  "save-view": () => import("../search/save-view.js"),
};

/** Fetch a part that is a screen; it fails with the promise. @param {string} name */
export const screenPart = (name) => PARTS[name]();

/** Fetch a part; says so when that fails. @param {string} name */
export function need(name) {
  return PARTS[name]?.().catch(() => {
    ui.merge({ dialog: "" });
    say({ bad: true, text: t("parts.failed"), action: { label: t("action.retry"), run: () => need(name) } });
  });
}
