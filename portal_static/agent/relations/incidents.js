/** A problem is solved: its open incidents may be solved with it, with one answer for all. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { html } from "../../shared/element.js";
import { may } from "../../shared/session.js";
import { watchJob } from "../bulk/running.js";

/** @param {import("../state/tickets.js").Ticket} ticket */
export async function askForIncidents(ticket) {
  if (!may("tickets:bulk")) return;
  let text = "";
  await ask({
    title: t("incidents.title", { n: ticket.open_incidents }),
    text: html`${t("incidents.text")}
      <label class="field incidents-text"><span class="label">${t("incidents.reply")} <small>${t("new.optional")}</small></span>
      <textarea class="input" rows="4" dir="auto" @input=${(/** @type {any} */ event) => (text = event.target.value.trim())}></textarea></label>`,
    action: t("incidents.action", { n: ticket.open_incidents }),
    run: async () => {
      const message = text ? { message: { kind: "reply", body_text: text } } : {};
      watchJob(await api.post("/jobs", { action: { kind: "solve_incidents", problem_id: ticket.id, ...message } }));
    },
  });
}
