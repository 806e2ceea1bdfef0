/** How load is counted: the organisation's own words on it, tried on what was before they count. */
import { html, nothing } from "../../shared/element.js";
import { hasText, t } from "../../shared/i18n.js";
import { number } from "./form/parts.js";
import { organisation } from "./kept.js";
import { OnlyRecord } from "./only-record.js";
import "./routing-trial.js";

/** @typedef {import("./form.js").Form} Form */

const CHANNELS = ["mail", "portal", "chat", "api", "agent"];

/** Those that everybody has, and those that somebody has given a weight. @param {Form} form */
const channels = (form) => [...new Set([...CHANNELS, ...Object.keys(form.get("channel_weights") || {})])];

/** @param {string} id */
const named = (id) => (hasText(`channel.${id}`) ? t(`channel.${id}`) : id);

/** As the API takes it: a channel without a weight weighs one. @param {Record<string, any>} values */
const body = (values) => ({ ...values, ...(values.channel_weights ? { channel_weights: Object.fromEntries(Object.entries(values.channel_weights).filter(([, weight]) => weight !== null)) } : {}) });

/** @param {Form} form */
const fields = (form) => html`
  ${number(form, "default_capacity", { label: t("load.capacity"), required: true, hint: t("load.capacity_hint") })}
  <fieldset class="field load-weights" aria-describedby="load-weights-hint"><legend class="label">${t("settings.field.channel_weights")}</legend>
    <div class="two">${channels(form).map((id) => number(form, `channel_weights.${id}`, { label: named(id), placeholder: "1" }))}</div>
    <span class="hint" id="load-weights-hint">${t("load.weights_hint")}</span></fieldset>`;

/** @param {Form} form */
const trial = (form) => (form.locked ? nothing : html`<routing-trial .form=${form} .draft=${{ organisation: body(form.value.values) }}></routing-trial>`);

class LoadSetting extends OnlyRecord {
  constructor() {
    super("load", "org", { records: organisation, fresh: () => ({ default_capacity: 20, channel_weights: {} }), form: fields, aside: trial, body });
  }
}

customElements.define("load-setting", LoadSetting);
