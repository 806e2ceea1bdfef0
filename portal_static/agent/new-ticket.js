/** A ticket that an agent opens in a customer's name. */
import { api } from "../shared/api.js";
import { check } from "../shared/check.js";
import { Component, html, nothing } from "../shared/element.js";
import { nameOf } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { keycaps, priorityName } from "../shared/parts/badges.js";
import { here, pathOf, router } from "./router.js";
import { catalogue, PRIORITIES } from "./state/catalogue.js";
import { need } from "./state/parts.js";
import { keep } from "./state/tickets.js";
import { closeDialog } from "./state/ui.js";
import { session } from "../shared/session.js";

class NewTicket extends Component {
  static properties = { busy: { state: true }, error: { state: true }, known: { state: true } };

  constructor() {
    super();
    this.watches(catalogue);
    this.busy = false;
    /** @type {any} */
    this.error = null;
    /** @type {any} a customer with this address, when there is one */
    this.known = null;
    this.key = crypto.randomUUID();
    need("new-fields");
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  close() {
    this.querySelector("dialog")?.close();
  }

  /** @param {Event} event */
  async lookUp(event) {
    const email = /** @type {HTMLInputElement} */ (event.target).value.trim();
    this.known = null;
    if (!/** @type {HTMLInputElement} */ (event.target).validity.valid || !email) return;
    const page = await api.get("/people", { email, kind: "contact" }).catch(() => ({ data: [] }));
    this.known = page.data[0] || null;
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.target);
    this.error = check(target, { email: "requester/email" });
    if (this.error) return;
    const form = Object.fromEntries(new FormData(target));
    this.busy = true;
    try {
      const ticket = await api.post("/tickets", { ...bodyOf(form), .../** @type {any} */ (this.querySelector("desk-new-fields"))?.body }, { key: this.key });
      keep([ticket]);
      this.close();
      router.go(pathOf(here().view || "open", ticket.number));
    } catch (error) {
      this.error = error;
      this.key = crypto.randomUUID();
    }
    this.busy = false;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.querySelector("form")?.requestSubmit();
  }

  /** @param {string} name @param {any} label @param {any} control @param {string} [hint] */
  field(name, label, control, hint = "") {
    const problem = this.error?.field?.(name) || this.error?.field?.(name.replace("requester.", "requester/"));
    return html`<label class="field"><span class="label">${label}</span>${control(String(Boolean(problem)))}
      ${problem ? html`<span class="hint bad">${icon("alert", 12)}${problem}</span>` : hint ? html`<span class="hint">${hint}</span>` : nothing}</label>`;
  }

  render() {
    const general = this.error && !this.error.errors.length;
    return html`<dialog class="dialog" aria-label=${t("command.new")} @close=${closeDialog} @keydown=${this.press}>
      <header><h2 class="t16 grow">${t("command.new")}</h2>
        <button class="btn ghost square small" aria-label=${t("action.close")} @click=${this.close}>${icon("x")}</button></header>
      <form id="new-ticket" class="body" novalidate @submit=${this.submit}>
        ${general ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${this.error.status === 0 ? t("change.offline") : this.error.detail}</span></div>` : nothing}
        ${this.field("requester/email", t("new.email"), (/** @type {string} */ bad) => html`<input class="input" name="email" type="email" required autocomplete="off" autofocus aria-invalid=${bad} @change=${this.lookUp} />`, this.known ? t("new.known", { name: nameOf(this.known) }) : "")}
        ${this.known ? nothing : this.field("requester/name", html`${t("new.name")} <small>${t("new.optional")}</small>`, (/** @type {string} */ bad) => html`<input class="input" name="name" autocomplete="off" dir="auto" aria-invalid=${bad} />`)}
        ${this.field("subject", t("new.subject"), (/** @type {string} */ bad) => html`<input class="input" name="subject" required maxlength="250" dir="auto" aria-invalid=${bad} />`)}
        ${this.field("body_text", t("new.text"), (/** @type {string} */ bad) => html`<textarea class="input" name="body_text" required rows="6" dir="auto" aria-invalid=${bad}></textarea>`, t("new.text_hint"))}
        <div class="two">${this.choice("priority", t("ticket.priority"), PRIORITIES.map((id) => [id, priorityName(id)]), "normal")}
          ${this.choice("team_id", t("ticket.team"), [["", t("ticket.no_team")], ...catalogue.value.teams.map((team) => [team.id, team.name])], "")}</div>
        <desk-new-fields .error=${this.error}></desk-new-fields>
        <label class="row g8"><input type="checkbox" name="mine" />${t("command.assign_me")}</label>
      </form>
      <footer><span class="grow"></span>
        <button class="btn second" @click=${this.close}>${t("action.cancel")}</button>
        <button class="btn primary" form="new-ticket" ?disabled=${this.busy}>${t("new.action")} ${keycaps("mod+enter")}</button></footer>
    </dialog>`;
  }

  /** @param {string} name @param {string} label @param {string[][]} options @param {string} chosen */
  choice(name, label, options, chosen) {
    return html`<label class="field"><span class="label">${label}</span><select class="input" name=${name}>
      ${options.map(([id, text]) => html`<option value=${id} ?selected=${id === chosen}>${text}</option>`)}</select></label>`;
  }
}

/** @param {Record<string, any>} form */
function bodyOf({ email, name, subject, body_text, priority, team_id, mine }) {
  return {
    subject,
    body_text,
    priority,
    requester: { email, ...(name ? { name } : {}) },
    ...(team_id ? { team_id } : {}),
    ...(mine ? { assignee_id: session.value.me?.id } : {}),
    channel: "agent",
  };
}

customElements.define("desk-new-ticket", NewTicket);
