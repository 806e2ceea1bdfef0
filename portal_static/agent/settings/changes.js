/** What is done to records from the screen: each is told in a toast, with its inverse where there is one. */
import { html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { say } from "../../shared/parts/toast.js";
import { router } from "../router.js";
import { pathTo, place } from "./place.js";
import { titleOf } from "./section.js";

/** @typedef {import("./section.js").Section} Section */
/** @typedef {import("./records.js").Row} Row */

/** @param {any} error */
const reason = (error) => (error.status === 0 ? t("settings.offline") : error.status === 412 ? t("settings.stale") : error.detail || t("state.failed.text"));

/** Try; say what went wrong. @param {() => Promise<any>} run @param {string} [done] said when it went well */
async function attempt(run, done = "") {
  try {
    await run();
    if (done) say({ text: done });
  } catch (error) {
    say({ bad: true, text: t("settings.failed_change", { reason: reason(error) }) });
  }
}

/** @param {() => Promise<any>} run @param {string} done */
const undo = (run, done) => ({ label: t("action.undo"), keys: "z", run: () => attempt(run, done) });

/** From the editor of what goes back to the list; nothing of it is worth a question any more. @param {string} id @param {Row} row */
const leaving = (id, row) => () => {
  if (place().id !== row.id) return;
  router.guard = null;
  router.go(pathTo(id), { replace: true });
};

/** One was made. @param {string} id of the section @param {Section} section @param {Row} row */
export function sayMade(id, section, row) {
  const name = titleOf(section, row);
  const back = () => /** @type {any} */ (section.records).remove(row, leaving(id, row));
  say({ text: t("settings.made", { name }), action: section.kept ? undefined : undo(back, t("settings.undone")) });
}

/** One was changed. @param {Section} section @param {Row} row as it is now @param {Record<string, any>} before what the changed fields held */
export function saySaved(section, row, before) {
  const back = () => /** @type {any} */ (section.records).save(row.id, before, row.version);
  say({ text: t("settings.saved", { name: titleOf(section, row) }), action: undo(back, t("settings.undone")) });
}

/** Ask, then remove. @param {string} id of the section @param {Section} section @param {Row} row */
export async function removeRow(id, section, row) {
  const name = titleOf(section, row);
  const { records, loss, refused, again } = section;
  const { archives } = /** @type {any} */ (records);
  const revive = archives ? () => ({ archived: false }) : section.revive;
  let by = "";
  const sure = await ask({
    title: archives ? t("archive.title", { name }) : t("settings.remove.title", { name }),
    text: loss?.(row) || t(archives ? "archive.text" : "settings.remove.text"),
    action: archives ? t("archive.action") : t("settings.remove.action"),
    danger: true,
    more: section.replacing ? replacement(section, row, (/** @type {string} */ chosen) => (by = chosen)) : undefined,
    run: async () => {
      if (section.replaced && !by) throw { detail: t("archive.needed") };
      await /** @type {any} */ (records).remove(row, leaving(id, row), by);
    },
    refused: (error) => refused?.(error) || inUse(error) || reason(error),
  });
  if (!sure) return;
  const back = () => (revive ? /** @type {any} */ (records).save(row.id, revive(row)) : /** @type {any} */ (records).create(again?.(row), crypto.randomUUID()));
  say({ text: t(archives ? "archive.done" : "settings.removed", { name }), action: again || revive ? undo(back, t("settings.undone")) : undefined });
}

/** What takes the place of a record that tickets have. @param {Section} section @param {Row} row @param {(id: string) => void} choose */
function replacement({ replacing, replaced }, row, choose) {
  return html`<label class="field"><span class="label">${t("archive.replace")}</span><select class="input" name="replace_by" @change=${(/** @type {any} */ event) => choose(event.target.value)}>
    <option value="">${t(replaced ? "archive.choose" : "archive.keep")}</option>${replacing?.(row).map(({ id, label }) => html`<option value=${id}>${label}</option>`)}</select></label>`;
}

/** @param {any} error */
function inUse({ code, problem }) {
  if (code === "last_of_category") return t("archive.last");
  return code === "in_use" && typeof problem.count === "number" ? t("archive.in_use", { n: problem.count }) : "";
}

/** Bring back what was taken out of use. @param {Section} section @param {Row} row */
export async function bringBack(section, row) {
  const name = titleOf(section, row);
  await attempt(() => /** @type {any} */ (section.records).save(row.id, { archived: false }, row.version), t("archive.back", { name }));
}

/** Keep an order. @param {Section} section @param {string[]} ids @param {string[]} before */
export async function reorder(section, ids, before) {
  const { records } = /** @type {any} */ (section);
  await attempt(async () => {
    await records.reorder(ids, before);
    say({ text: t("settings.reordered"), action: undo(() => records.reorder(before, ids), t("settings.undone")) });
  });
}
