/** What the portal asks for besides words: a topic where there are some, and the fields of its form. */
import { api } from "../shared/api.js";
import { holds } from "../shared/conditions.js";
import { html, nothing } from "../shared/element.js";
import { day } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { fieldProblem, fieldRow } from "../shared/parts/field-input.js";

/** The topics that a customer may choose. @returns {Promise<any[]>} */
export const readTopics = async () => (await api.get("/portal/topics").catch(() => ({ data: [] }))).data;

/** @param {string} topic @returns {Promise<any[]>} */
export const readForm = async (topic) => (await api.get("/portal/form", { topic_id: topic }).catch(() => ({ data: [] }))).data;

/** The topic and fields of a new ticket, as a part of its form. */
export class Asked {
  /** @param {any} host component that is drawn again */
  constructor(host) {
    this.host = host;
    /** @type {any[]} */
    this.topics = [];
    /** @type {any[]} */
    this.fields = [];
    this.topic = "";
    /** @type {Record<string, any>} */
    this.values = {};
    this.turn = 0;
  }

  async load() {
    const [topics] = await Promise.all([readTopics(), this.choose("")]);
    this.topics = topics;
    this.host.requestUpdate();
  }

  /** @param {string} topic */
  async choose(topic) {
    this.topic = topic;
    const mine = ++this.turn;
    const fields = await readForm(topic);
    if (mine !== this.turn) return;
    this.fields = fields;
    this.host.requestUpdate();
  }

  /** Those that the answers so far ask for. */
  get shown() {
    const facts = Object.fromEntries(this.fields.map(({ id, default: usual }) => [`fields.${id}`, this.values[id] ?? usual]));
    return this.fields
      .filter((field) => holds(field.visible_when, { ...facts, topic_id: this.topic }))
      .map((field) => ({ field, required: field.required || (Boolean(field.required_when) && holds(field.required_when, { ...facts, topic_id: this.topic })) }));
  }

  /** What the body of the ticket gets. */
  get body() {
    const values = this.shown.map(({ field }) => [field.id, this.values[field.id] ?? field.default ?? null]).filter(([, value]) => value !== null);
    return { ...(this.topic ? { topic_id: this.topic } : {}), ...(values.length ? { fields: Object.fromEntries(values) } : {}) };
  }

  /** What is missing, in the shape of the server's own errors. */
  get missing() {
    return this.shown.filter(({ field, required }) => required && [undefined, null, ""].includes(this.values[field.id] ?? field.default)).map(({ field }) => ({ pointer: `/fields/${field.id}`, code: "required", message: t("field.missing") }));
  }

  /** @param {any} error */
  render(error) {
    const help = this.topics.find((topic) => topic.id === this.topic)?.help;
    return html`${this.topics.length
        ? html`<div class="field"><label class="label" for="topic">${t("portal.topic")} <small>${t("new.optional")}</small></label>
          <select class="input" id="topic" @change=${(/** @type {any} */ event) => this.choose(event.target.value)}><option value="">${t("field.none")}</option>
          ${this.topics.map((topic) => html`<option value=${topic.id}>${this.pathOf(topic)}</option>`)}</select>${help ? html`<span class="hint">${help}</span>` : nothing}</div>`
        : nothing}
      ${this.shown.map(({ field, required }) => fieldRow(field, { name: `field-${field.id}`, value: this.values[field.id] ?? field.default, required, disabled: field.read_only, problem: fieldProblem(error, field.id), change: (value) => this.put(field.id, value) }))}`;
  }

  /** @param {string} id @param {any} value */
  put(id, value) {
    this.values = { ...this.values, [id]: value };
    this.host.requestUpdate();
  }

  /** @param {any} topic @returns {string} */
  pathOf(topic) {
    const above = this.topics.find((each) => each.id === topic.parent_id);
    return above ? `${this.pathOf(above)} › ${topic.label}` : topic.label;
  }
}

/** The customer's own answers, for the facts beside a ticket. @param {any[]} fields @param {Record<string, any>} values @returns {{label: string, text: string}[]} */
export function answered(fields, values) {
  return fields.filter(({ id }) => ![undefined, null, ""].includes(values?.[id])).map((field) => ({ label: field.label, text: textOf(field, values[field.id]) }));
}

/** @param {any} field @param {any} value @returns {string} */
function textOf(field, value) {
  if (Array.isArray(value)) return value.map((each) => textOf(field, each)).join(", ");
  if (typeof value === "boolean") return t(value ? "plain.yes" : "plain.no");
  if (field.type === "date") return day(value);
  return field.options?.find((/** @type {any} */ option) => option.id === value)?.label || String(value);
}
