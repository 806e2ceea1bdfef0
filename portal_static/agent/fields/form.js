/** The fields that a new ticket's form asks for, as its topic has them. */
import { Component, html, nothing } from "../../shared/element.js";
import { holds } from "../../shared/conditions.js";
import { t } from "../../shared/i18n.js";
import { fieldProblem, fieldRow } from "../../shared/parts/field-input.js";
import "./reference-input.js";
import { definitionOf, definitions, loadDefinitions, topicOf, topicPath, TYPES } from "../state/definitions.js";

/** The form of a topic: its own or that of one above, else the first default one, else all fields. @param {string} topic @returns {any[]} */
function fieldsOf(topic) {
  const { fields, forms } = definitions.value;
  let at = topicOf(topic);
  while (at && !at.form_id && at.parent_id) at = topicOf(at.parent_id);
  const form = forms.find((each) => each.id === at?.form_id) || forms.find((each) => each.default && each.for !== "portal");
  return (form ? form.field_ids.map(definitionOf) : fields).filter((field) => field && !field.archived);
}

class NewTicketFields extends Component {
  static properties = { error: {}, topic: { state: true }, type: { state: true }, values: { state: true } };

  constructor() {
    super();
    this.watches(definitions);
    /** @type {any} */
    this.error = null;
    this.topic = "";
    this.type = "";
    /** @type {Record<string, any>} */
    this.values = {};
    loadDefinitions();
  }

  get asked() {
    const facts = { topic_id: this.topic || null, type: this.type || null, channel: "agent", category: "new" };
    const all = Object.fromEntries(Object.entries(this.values).map(([id, value]) => [`fields.${id}`, value]));
    return fieldsOf(this.topic).filter((field) => holds(field.visible_when, { ...facts, ...all })).map((field) => ({ field, required: Boolean(field.required_when) && holds(field.required_when, { ...facts, ...all }) }));
  }

  /** What the body of the new ticket gets. */
  get body() {
    const ids = this.asked.map(({ field }) => field.id);
    const fields = Object.fromEntries(Object.entries(this.values).filter(([id, value]) => ids.includes(id) && value !== null));
    return { ...(this.topic ? { topic_id: this.topic } : {}), ...(this.type ? { type: this.type } : {}), ...(Object.keys(fields).length ? { fields } : {}) };
  }

  render() {
    const { topics } = definitions.value;
    return html`<div class="two">
        ${topics.length ? html`<label class="field"><span class="label">${t("ticket.topic")}</span><select class="input" name="topic" @change=${(/** @type {any} */ event) => (this.topic = event.target.value)}>
          <option value="">${t("fields.no_topic")}</option>${topics.filter((topic) => !topic.archived).map((topic) => html`<option value=${topic.id}>${topicPath(topic.id)}</option>`)}</select></label>` : nothing}
        <label class="field"><span class="label">${t("ticket.type")}</span><select class="input" name="type" @change=${(/** @type {any} */ event) => (this.type = event.target.value)}>
          <option value="">${t("fields.no_type")}</option>${TYPES.map((type) => html`<option value=${type}>${t(`type.${type}`)}</option>`)}</select></label>
      </div>
      ${this.asked.map(({ field, required }) => fieldRow(field, { name: `new-${field.id}`, value: this.values[field.id] ?? field.default, required, problem: fieldProblem(this.error, field.id), change: (value) => (this.values = { ...this.values, [field.id]: value }) }))}`;
  }
}

customElements.define("desk-new-fields", NewTicketFields);
