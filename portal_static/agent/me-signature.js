/** The words below one's own replies. */
import { api } from "../shared/api.js";
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { failure, messageBones } from "../shared/parts/states.js";
import { say } from "../shared/parts/toast.js";
import { Resource } from "../shared/resource.js";
import { session } from "../shared/session.js";
import "./rich-editor.js";

/** @type {Resource<any>} */
const person = new Resource();
const read = () => api.get(`/people/${session.value.me?.id}`);

class MeSignature extends Component {
  static properties = { dirty: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.watches(person);
    this.dirty = false;
    this.busy = false;
    this.begun = "";
    this.shown = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.shown = "#";
    person.load(read);
  }

  /** @returns {any} */
  get editor() {
    return this.querySelector("rich-editor");
  }

  /** What is kept goes into the editor once. */
  async updated() {
    const kept = person.data?.signature_html;
    await this.editor?.updateComplete;
    if (kept === undefined || !this.editor?.editor || this.shown === kept) return;
    this.shown = kept;
    this.editor.value = kept;
    this.begun = this.editor.value;
    this.dirty = false;
  }

  async save() {
    const value = this.editor.blank ? "" : this.editor.value;
    this.busy = true;
    try {
      const kept = await api.patch(`/people/${session.value.me?.id}`, { signature_html: value }, { ifMatch: person.data.version });
      person.change(() => kept);
      say({ text: t("me.signature_saved") });
    } catch (error) {
      const { status, detail } = /** @type {any} */ (error);
      if (status === 412) person.refresh(read);
      say({ bad: true, text: t("settings.failed_change", { reason: status === 0 ? t("settings.offline") : status === 412 ? t("settings.stale") : detail || t("state.failed.text") }) });
    }
    this.busy = false;
  }

  render() {
    const { state, error, slow } = person.value;
    if (state === "failed") return failure(error, t("me.signature_failed"), () => person.load(read));
    if (!person.data) return slow ? messageBones() : nothing;
    return html`<p class="i2">${t("me.signature_text")}</p>
      <div class="words signature"><rich-editor .label=${t("me.signature")} .placeholder=${t("me.signature_placeholder")} @change=${() => (this.dirty = this.editor.value !== this.begun)}></rich-editor></div>
      ${this.dirty ? html`<button class="btn primary" ?disabled=${this.busy} @click=${this.save}>${t("settings.save")}</button>` : nothing}`;
  }
}

customElements.define("me-signature", MeSignature);
