/** How a team's tickets find somebody who takes them, as a part of the team's form. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { number, select, toggle } from "./form/parts.js";
import { skills, skillsBody } from "./form/skills.js";

/** @typedef {import("./form.js").Form} Form */

export const BY_HAND = { mode: "manual", requires: [], language: "ignore", sticky: true, relax_minutes: null, only_on_shift: true, hand_over: false };

/** What it does, in sentences. @param {any} routing */
function words({ mode, requires, language, sticky, relax_minutes, only_on_shift, hand_over }) {
  if (mode !== "automatic") return t("routing.words.manual");
  const named = (requires || []).filter((/** @type {any} */ one) => one.skill);
  return [
    t(only_on_shift ? "routing.words.on_shift" : "routing.words.any_time"),
    named.length ? t("routing.words.skills", { skills: named.map((/** @type {any} */ one) => one.skill).join(", ") }) : "",
    named.length && relax_minutes ? t("routing.words.relax", { n: Number(relax_minutes) || 0 }) : "",
    language === "ignore" ? "" : t(`routing.words.language_${language}`),
    sticky ? t("routing.words.sticky") : "",
    only_on_shift && hand_over ? t("routing.words.hand_over") : "",
  ].filter(Boolean).join(" ");
}

/** @param {Form} form */
export function routing(form) {
  const automatic = form.get("routing.mode") === "automatic";
  const asks = (form.get("routing.requires") || []).length > 0;
  return html`
    ${select(form, "routing.mode", { label: t("routing.mode"), options: ["manual", "automatic"].map((id) => ({ id, label: t(`routing.mode.${id}`) })) })}
    ${automatic ? html`
      ${skills(form, "routing.requires", { label: t("routing.requires"), hint: t("routing.requires_hint"), least: true })}
      ${asks ? number(form, "routing.relax_minutes", { label: t("routing.relax"), optional: true, hint: t("routing.relax_hint") }) : nothing}
      ${select(form, "routing.language", { label: t("routing.language"), options: ["ignore", "prefer", "require"].map((id) => ({ id, label: t(`routing.language.${id}`) })) })}
      ${toggle(form, "routing.only_on_shift", { label: t("routing.only_on_shift"), hint: t("routing.only_on_shift_hint") })}
      ${form.get("routing.only_on_shift") ? toggle(form, "routing.hand_over", { label: t("routing.hand_over"), hint: t("routing.hand_over_hint") }) : nothing}
      ${toggle(form, "routing.sticky", { label: t("routing.sticky") })}` : nothing}
    <p class="in-words">${icon("quote")}<span><b>${t("settings.in_words")}</b> ${words(form.get("routing"))}</span></p>`;
}

/** As the API takes it. @param {any} value */
export const routingBody = (value) => ({ ...value, requires: skillsBody(value.requires) });
