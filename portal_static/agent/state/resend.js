/** A reply that did not reach somebody goes out once more. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { refreshConversation } from "./conversation.js";

/** @param {import("./tickets.js").Ticket} ticket @param {string} message */
export async function sendAgain(ticket, message) {
  try {
    await api.post(`/tickets/${ticket.id}/messages/${message}/sending`);
    say({ text: t("delivery.again_done") });
    await refreshConversation();
  } catch (error) {
    const { status, detail } = /** @type {any} */ (error);
    say({ bad: true, text: t("delivery.again_failed", { reason: status ? detail : t("change.offline") }) });
  }
}
