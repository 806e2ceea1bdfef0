/** The fields of the mail policy, by what they decide. */
import { html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { number, select, toggle, valueOf } from "./form/parts.js";
import { append, plusButton } from "./form/pick.js";
import { rows } from "./form/rows.js";

/** @typedef {import("./form.js").Form} Form */

export const fresh = () => ({
  closed_ticket_days: null, changed_subject: "new_if_closed", subject_numbers: true, attachment_tokens: false, foreign_references: [], monitors: [],
  copies_per_mail: 20, agents_answer: true, agents_forward: true, sender_burst: 100, sender_per_minute: 30, ticket_burst: 10,
});

/** One line of a list. @param {Form} form @param {string} path @param {string} label @param {string} [placeholder] @param {{lines?: boolean}} [more] kept as a list, with commas between */
function cell(form, path, label, placeholder = "", { lines = false } = {}) {
  const value = form.get(path);
  const put = (/** @type {Event} */ event) => form.put(path, lines ? valueOf(event).split(",") : valueOf(event));
  const tidy = () => lines && form.put(path, (form.get(path) || []).map((/** @type {string} */ one) => one.trim()).filter(Boolean));
  return html`<label class="policy-cell"><span class="t12 i3">${label}</span><input class="input mono" name=${path} autocomplete="off" spellcheck="false" placeholder=${placeholder} .value=${lines ? (value || []).join(",") : value || ""}
    ?disabled=${form.locked} aria-invalid=${String(Boolean(form.problem(path)))} @input=${put} @change=${tidy} /></label>`;
}

/** @param {Form} form */
const trackers = (form) => rows(form, "foreign_references", {
  label: t("policy.trackers"), hint: t("policy.trackers_hint"), empty: t("policy.no_trackers"), fixed: true,
  called: (at) => form.get(`foreign_references.${at}.sender`) || String(at + 1),
  row: (at) => html`<div class="policy-line">${cell(form, `foreign_references.${at}.sender`, t("policy.sender"), "@jira.example.org")}${cell(form, `foreign_references.${at}.pattern`, t("policy.pattern"), "[A-Z]+-[0-9]+")}</div>`,
  add: plusButton(t("policy.add_tracker"), () => append(form, "foreign_references", { sender: "", pattern: "" })),
});

/** @param {Form} form */
const monitors = (form) => rows(form, "monitors", {
  label: t("policy.monitors"), hint: t("policy.monitors_hint"), empty: t("policy.no_monitors"), fixed: true,
  called: (at) => form.get(`monitors.${at}.sender`) || String(at + 1),
  row: (at) => html`<div class="policy-line">${cell(form, `monitors.${at}.sender`, t("policy.sender"), "nagios@example.org")}${cell(form, `monitors.${at}.keys`, t("policy.keys"), "Host, Service", { lines: true })}${cell(form, `monitors.${at}.state`, t("policy.state"), "State")}${cell(form, `monitors.${at}.recovered`, t("policy.recovered"), "OK, UP", { lines: true })}
    <label class="check"><input type="checkbox" name="monitors.${at}.solve" .checked=${form.get(`monitors.${at}.solve`)} ?disabled=${form.locked} @change=${(/** @type {any} */ event) => form.put(`monitors.${at}.solve`, event.target.checked)} />${t("policy.solve")}</label></div>`,
  add: plusButton(t("policy.add_monitor"), () => append(form, "monitors", { sender: "", keys: ["Host", "Service"], state: "State", recovered: ["OK", "UP"], solve: true })),
});

/** @param {Form} form */
export const policyFields = (form) => html`
  <h2 class="form-head">${t("policy.threads")}</h2>
  <div class="two">${number(form, "closed_ticket_days", { label: t("policy.closed_ticket_days"), hint: t("policy.closed_ticket_days_hint"), placeholder: "∞" })}
    ${select(form, "changed_subject", { label: t("policy.changed_subject"), options: ["new_if_closed", "new", "same"].map((id) => ({ id, label: t(`policy.changed_subject.${id}`) })) })}</div>
  ${toggle(form, "subject_numbers", { label: t("policy.subject_numbers"), hint: t("policy.subject_numbers_hint") })}
  ${toggle(form, "attachment_tokens", { label: t("policy.attachment_tokens"), hint: t("policy.attachment_tokens_hint") })}
  ${trackers(form)}${monitors(form)}
  <h2 class="form-head">${t("policy.people")}</h2>
  ${number(form, "copies_per_mail", { label: t("policy.copies_per_mail"), hint: t("policy.copies_per_mail_hint") })}
  ${toggle(form, "agents_answer", { label: t("policy.agents_answer"), hint: t("policy.agents_answer_hint") })}
  ${toggle(form, "agents_forward", { label: t("policy.agents_forward"), hint: t("policy.agents_forward_hint") })}
  <h2 class="form-head">${t("policy.floods")}</h2>
  <div class="two">${number(form, "sender_burst", { label: t("policy.sender_burst"), hint: t("policy.sender_burst_hint") })}${number(form, "sender_per_minute", { label: t("policy.sender_per_minute") })}</div>
  ${number(form, "ticket_burst", { label: t("policy.ticket_burst"), hint: t("policy.ticket_burst_hint") })}`;
