/** What holds for whoever wishes nothing else, and when a broken promise goes up a level. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, messageBones } from "../../shared/parts/states.js";
import { say } from "../../shared/parts/toast.js";
import { may } from "../../shared/session.js";
import { Keeping } from "../notices/keeping.js";
import { mailMode, matrix } from "../notices/matrix.js";
import { router } from "../router.js";
import { sectionTitle } from "./registry.js";

class NoticePolicy extends Keeping {
  constructor() {
    super("/notifications/policy");
  }

  /** @param {Record<string, any>} before */
  kept(before) {
    say({ text: t("settings.notices.kept"), action: { label: t("action.undo"), keys: "z", run: () => this.keep(before) } });
  }

  render() {
    return html`<section class="set-whole notice-policy" aria-label=${sectionTitle("notices")}>
      <header class="set-head"><a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut" tabindex="-1">${sectionTitle("notices")}</h1></header>
      <div class="set-body"><div class="set-form">${this.content()}</div></div></section>`;
  }

  content() {
    const { state, error, slow, data } = this.record.value;
    if (state === "failed") return failure(error, t("settings.list_failed"), () => this.load());
    if (!data) return slow ? messageBones() : nothing;
    const locked = !may("settings:write");
    return html`<p class="i2">${t("settings.notices.about")}</p>
      ${locked ? html`<div class="alert">${icon("lock")}<span>${t("settings.read_only")}</span></div>` : nothing}
      <div>${matrix(data, (channels) => this.keep({ channels }, { channels: { ...data.channels, ...channels } }), locked)}
        ${mailMode(data.mail, (mail) => this.keep({ mail }), locked)}
        ${this.number("lead_after_minutes", data, locked, 10_080)}${this.number("admin_after_minutes", data, locked, 10_080)}${this.number("mails_per_minute", data, locked, 100)}</div>`;
  }

  /** A whole number; of minutes nothing is never. @param {string} name @param {Record<string, any>} data @param {boolean} locked @param {number} most */
  number(name, data, locked, most) {
    const never = name !== "mails_per_minute";
    const keep = (/** @type {HTMLInputElement} */ field) => (field.value || never) && field.checkValidity() && this.keep({ [name]: field.value ? Number(field.value) : null });
    return html`<div class="setting"><label class="grow" for="set-${name}">${t(`settings.notices.${name}`)}</label>
      <input class="input" id="set-${name}" name=${name} type="number" min=${never ? 0 : 1} max=${most} step="1" placeholder=${never ? t("settings.notices.never") : ""} .value=${String(data[name] ?? "")} ?disabled=${locked}
        @change=${(/** @type {any} */ { target }) => keep(target)} /></div>`;
  }
}

customElements.define("notice-policy", NoticePolicy);
