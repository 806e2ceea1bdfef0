/** The steps of signing in: what each says and asks. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";

const LEAST = 12; // characters, as the user pool asks

/** @param {{name: string, type?: string, label: string, complete: string, value?: string, error?: any, hint?: string, least?: number}} field */
function field({ name, type = "text", label, complete, value = "", error, hint = "", least }) {
  const problem = error?.field?.(name);
  const numeric = name === "code";
  return html`<label class="field">
    <span class="label">${label}</span>
    <input class="input" name=${name} type=${type} autocomplete=${complete} .value=${value} required minlength=${least ?? nothing}
      inputmode=${numeric ? "numeric" : type === "email" ? "email" : "text"}
      autocapitalize="none" spellcheck="false" aria-invalid=${String(Boolean(problem))} />
    ${problem || hint ? html`<span class="hint ${problem ? "bad" : ""}">${problem ? icon("alert", 12) : nothing}<span>${problem || hint}</span></span>` : nothing}
  </label>`;
}

/** @param {any} host */
const email = (host) => field({ name: "email", type: "email", label: t("field.email"), complete: "username", value: host.email, error: host.error });

/** @param {any} host */
const newPassword = (host) =>
  field({ name: "new_password", type: "password", label: t("field.new_password"), complete: "new-password", error: host.error, hint: t("field.password_hint"), least: LEAST });

/** @param {any} host */
const code = (host) => field({ name: "code", label: t("field.code"), complete: "one-time-code", error: host.error });

/** @type {Record<string, any>} */
export const STEPS = {
  password: {
    title: "sign_in.title",
    text: "sign_in.text",
    action: "sign_in.action",
    fields: (/** @type {any} */ host) => [
      email(host),
      field({ name: "password", type: "password", label: t("field.password"), complete: "current-password", error: host.error }),
    ],
    other: { step: "forgotten", label: "sign_in.forgotten" },
  },
  "new-password": {
    title: "sign_in.new_title",
    text: "sign_in.new_text",
    action: "sign_in.new_action",
    fields: newPassword,
    other: { step: "password", label: "sign_in.back" },
  },
  code: {
    title: "sign_in.code_title",
    text: "sign_in.code_text",
    action: "sign_in.code_action",
    fields: code,
    other: { step: "password", label: "sign_in.back" },
  },
  forgotten: {
    title: "sign_in.forgotten_title",
    text: "sign_in.forgotten_text",
    action: "sign_in.forgotten_action",
    fields: email,
    other: { step: "password", label: "sign_in.back" },
  },
  reset: {
    title: "sign_in.reset_title",
    text: "sign_in.reset_text",
    action: "sign_in.reset_action",
    fields: (/** @type {any} */ host) => [code(host), newPassword(host)],
    other: { step: "forgotten", label: "sign_in.again" },
  },
};
