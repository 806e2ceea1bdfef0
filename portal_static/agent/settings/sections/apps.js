/** Apps: other people's programs that may ask colleagues to act for them (OAuth 2). */
import { html, nothing } from "../../../shared/element.js";
import { moment } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { icon } from "../../../shared/parts/icons.js";
import { session } from "../../../shared/session.js";
import { checks, lines, text, toggle } from "../form/parts.js";
import { apps } from "../kept.js";
import { permissionGroups } from "../people.js";
import { defineSection } from "../section.js";
import { drop, holdSecret, secretCard, secretHeld } from "../secret.js";

/** One's own permissions, and those that the app has already. @param {import("../form.js").Form} form */
const choosable = (form) => [...new Set([...(session.value.me?.permissions || []), ...(form.value.base.scopes || [])])];

/** What its programmers need to know. @param {import("../records.js").Row} row */
const places = (row) => html`<section class="side-card"><h2 class="side-head">${t("settings.apps.places")}</h2><dl class="facts wide">
  <dt>client_id</dt><dd><code class="mono">${row.id}</code></dd>
  <dt>authorize</dt><dd><code class="mono">${location.origin}/agent/authorize</code></dd>
  <dt>token</dt><dd><code class="mono">${location.origin}/v1/oauth/token</code></dd>
  <dt>revoke</dt><dd><code class="mono">${location.origin}/v1/oauth/revocation</code></dd>
  <dt>PKCE</dt><dd>S256</dd><dt>${t("settings.keys.made_at")}</dt><dd>${moment(row.created_at)}</dd></dl></section>`;

export default defineSection({
  records: apps,
  write: "keys:write",
  watch: [secretHeld],
  line: (row) => ({ title: row.name, lead: icon("link"), text: (row.redirect_uris || []).join(", ") }),
  fresh: () => ({ name: "", redirect_uris: null, scopes: ["tickets:read"], confidential: false }),
  form: (form) => html`
    ${secretCard(form.value.row?.id, (secret) => `client_secret=${secret}`)}
    ${text(form, "name", { label: t("settings.field.name"), hint: t("settings.apps.name_hint"), required: true })}
    ${lines(form, "redirect_uris", { label: t("settings.field.redirect_uris"), hint: t("settings.apps.redirect_hint"), placeholder: t("settings.apps.redirect_example"), required: true })}
    ${checks(form, "scopes", { label: t("settings.apps.scopes"), hint: t("settings.apps.scopes_hint"), groups: permissionGroups(choosable(form)), required: true })}
    ${form.value.row ? nothing : toggle(form, "confidential", { label: t("settings.field.confidential"), hint: t("settings.apps.confidential_hint") })}`,
  aside: (form) => (form.value.row ? places(form.value.row) : html`<p class="i3">${t("settings.apps.about")}</p>`),
  body: (values) => ({ ...values, ...("redirect_uris" in values ? { redirect_uris: values.redirect_uris || [] } : {}) }),
  made: (row) => Boolean(row.client_secret) && holdSecret(row.id, row.client_secret),
  holds: () => (secretHeld.value && !secretHeld.value.copied ? { title: t("secret.leave.title"), text: t("secret.leave.text"), action: t("secret.leave.action") } : null),
  left: drop,
  loss: () => t("settings.apps.loss"),
});
