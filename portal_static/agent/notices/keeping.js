/** One record whose every change is kept at once: shown first, written one after the other, taken back when refused. */
import { api } from "../../shared/api.js";
import { Component } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { Resource } from "../../shared/resource.js";

export class Keeping extends Component {
  /** @param {string} path of the record */
  constructor(path) {
    super();
    this.path = path;
    /** @type {Resource<any>} */
    this.record = new Resource();
    this.watches(this.record);
    this.turn = Promise.resolve();
    this.read = () => api.get(path);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  load() {
    return this.record.load(this.read);
  }

  again() {
    return this.record.refresh(this.read);
  }

  /** Offer to take a change back; a screen that does so says how. @param {Record<string, any>} _before what was there of it */
  kept(_before) {}

  /** @param {Record<string, any>} change @param {Record<string, any>} [shown] what it makes of the record */
  keep(change, shown = change) {
    const { data } = this.record;
    const before = Object.fromEntries(Object.keys(shown).map((name) => [name, data[name]]));
    this.record.change((all) => ({ ...all, ...shown }));
    this.turn = this.turn.then(() => this.write(change, before));
  }

  /** @param {Record<string, any>} change @param {Record<string, any>} before */
  async write(change, before) {
    try {
      const { version } = await api.patch(this.path, change, { ifMatch: this.record.data?.version });
      this.record.change((all) => ({ ...all, version }));
      this.kept(before);
    } catch (error) {
      await this.again();
      say({ bad: true, text: t("wishes.failed_change", { reason: /** @type {any} */ (error).errors?.[0]?.message || /** @type {Error} */ (error).message }) });
    }
  }
}
