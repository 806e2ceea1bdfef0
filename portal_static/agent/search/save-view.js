/** Keeping a search as a view, for oneself or for others. */
import { api } from "../../shared/api.js";
import { check } from "../../shared/check.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { may, session } from "../../shared/session.js";
import { pathOf, router } from "../router.js";
import { askedHere, wholeFilter } from "../state/asked.js";
import { list } from "../state/list.js";
import { closeDialog, ui } from "../state/ui.js";
import { readViews, viewOf } from "../state/views.js";

class SaveView extends Component {
  static properties = { busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.busy = false;
    /** @type {any} */
    this.error = null;
    this.key = crypto.randomUUID();
    this.view = ui.value.subject ? viewOf(ui.value.subject) : undefined; // the one that is changed, if it is not a new one
    this.filter = this.view?.filter ?? wholeFilter(askedHere());
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  close() {
    this.querySelector("dialog")?.close();
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    this.error = check(form);
    if (this.error) return;
    this.busy = true;
    try {
      const saved = await this.save(Object.fromEntries(new FormData(form)));
      await readViews();
      this.close();
      router.go(pathOf(saved.id));
    } catch (error) {
      this.error = error;
      this.key = crypto.randomUUID();
    }
    this.busy = false;
  }

  /** @param {Record<string, any>} form */
  save({ label, filter, shared, sort }) {
    const team = session.value.me?.team_ids || [];
    const body = { label, filter, ...(sort ? { sort } : {}), ...(shared ? { shared } : {}), ...(shared === "teams" ? { team_ids: team } : {}) };
    if (this.view) return api.patch(`/views/${this.view.id}`, body, { ifMatch: this.view.version });
    return api.post("/views", body, { key: this.key });
  }

  /** @param {string} name */
  problem(name) {
    const text = this.error?.field?.(name) || this.error?.errors?.find((/** @type {any} */ each) => each.pointer.startsWith(`/${name}#`))?.message;
    return text ? html`<span class="hint bad">${icon("alert", 12)}${text}</span>` : nothing;
  }

  render() {
    const general = this.error && !this.error.errors.length;
    const orders = ["-updated_at", "updated_at", "-created_at", "created_at", "-priority,updated_at"];
    const sort = this.view?.sort || list.value.sort || "-updated_at";
    const title = t(this.view ? "views.change" : "search.save");
    return html`<dialog class="dialog" aria-label=${title} @close=${closeDialog}>
      <header><h2 class="t16 grow">${title}</h2><button class="btn ghost square small" aria-label=${t("action.close")} @click=${this.close}>${icon("x")}</button></header>
      <form id="save-view" class="body" novalidate @submit=${this.submit}>
        ${general ? html`<div class="alert bad" role="alert">${icon("alert")}<span>${this.error.detail || t("change.offline")}</span></div>` : nothing}
        <label class="field"><span class="label">${t("views.name")}</span><input class="input" name="label" required maxlength="100" dir="auto" autofocus autocomplete="off" .value=${this.view?.label || ""} aria-invalid=${String(Boolean(this.error?.field?.("label")))} />${this.problem("label")}</label>
        <label class="field"><span class="label">${t("views.filter")}</span><input class="input mono" name="filter" required dir="ltr" spellcheck="false" .value=${this.filter} />${this.problem("filter")}</label>
        <label class="field"><span class="label">${t("list.order")}</span><select class="input" name="sort">
          ${[...new Set([sort, ...orders])].map((each) => html`<option value=${each} ?selected=${each === sort}>${orders.includes(each) ? t(`list.sort.${each}`) : each}</option>`)}</select></label>
        ${may("settings:write") ? this.sharing() : nothing}
      </form>
      <footer><span class="grow"></span><button class="btn second" @click=${this.close}>${t("action.cancel")}</button>
        <button class="btn primary" form="save-view" ?disabled=${this.busy}>${t("views.save")}</button></footer>
    </dialog>`;
  }

  sharing() {
    const choices = ["me", "all", ...(session.value.me?.team_ids?.length ? ["teams"] : [])];
    const chosen = this.view?.shared || "me";
    return html`<label class="field"><span class="label">${t("views.for")}</span><select class="input" name="shared">
      ${choices.map((each) => html`<option value=${each} ?selected=${each === chosen}>${t(`views.for.${each}`)}</option>`)}</select></label>`;
  }
}

customElements.define("desk-save-view", SaveView);
