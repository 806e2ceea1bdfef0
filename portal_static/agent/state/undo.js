/** Taking a command back: the server knows all that it did, by the version that it made. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { say } from "../../shared/parts/toast.js";
import { fieldName, plainValue } from "./words.js";
import { conversation, refreshConversation } from "./conversation.js";
import { keep, ticketOf } from "./tickets.js";

/**
 * Say what was done, and offer to undo it.
 * @param {string} text @param {string} id of the ticket @param {number} version that the command made @param {() => void} [after]
 */
export function offerUndo(text, id, version, after) {
  say({ text, action: { label: t("action.undo"), keys: "z", run: () => undoCommand(id, version, after) } });
}

/** Undo the command that made this version of a ticket. @param {string} id @param {number} version @param {() => void} [after] */
export async function undoCommand(id, version, after) {
  try {
    await takeBack(id, version);
    after?.();
  } catch (error) {
    refused(id, error);
  }
}

/** @param {string} id @param {number} version @param {string[]} [force] fields that go back although they were changed since */
async function takeBack(id, version, force) {
  try {
    settled(await api.post(`/tickets/${id}/undo`, { version, ...(force ? { force } : {}) }));
  } catch (error) {
    const { code, problem } = /** @type {any} */ (error);
    if (code !== "changed_since" || force) throw error;
    await explain(id, version, problem.fields || {});
  }
}

/** Others have changed the same since: say what, and let the person decide. @param {string} id @param {number} version @param {Record<string, any>} fields */
async function explain(id, version, fields) {
  const names = Object.keys(fields);
  const lines = names.map((name) => t("undo.line", { field: fieldName(name), was: plainValue(name, fields[name].was), now: plainValue(name, fields[name].now) }));
  await ask({
    title: t("undo.since_title", { number: String(ticketOf(id)?.number || "") }),
    text: `${t("undo.since_text")} ${lines.join("; ")}.`,
    action: t("undo.force"),
    run: async () => settled(await api.post(`/tickets/${id}/undo`, { version, force: names })),
  });
}

/** @param {any} ticket */
async function settled(ticket) {
  keep([ticket]);
  say({ text: t("undo.done", { number: String(ticket.number) }) });
  if (conversation.data?.id === ticket.id) await refreshConversation();
}

/** @param {string} id @param {any} error */
export function refused(id, error) {
  const reason = error.status === 0 ? t("change.offline") : error.detail || t("state.failed.text");
  say({ bad: true, text: t("undo.failed", { reason }) });
}
