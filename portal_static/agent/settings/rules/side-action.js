/** The action that begins a side conversation: with whom, about what, and in which words. */
import { html } from "../../../shared/element.js";
import { t } from "../../../shared/i18n.js";
import { said, spacedLine } from "../form/actions.js";
import { text } from "../form/parts.js";

export const side = {
  blank: () => ({ to: [], subject: "", body_html: "" }),
  /** @param {import("../form.js").Form} form @param {string} place */
  control: (form, place) => html`${spacedLine(form, `${place}.to`, { label: t("rule.side.to"), hint: t("rule.side.to_hint"), required: true })}
    ${text(form, `${place}.subject`, { label: t("rule.side.subject"), hint: t("rule.side.subject_hint"), required: true })}${said(form, place, t("rule.side.words"))}`,
};

/** As the API takes it. @param {any} action */
export const sideBody = (action) => ({ ...action, to: action.to.filter(Boolean) });
