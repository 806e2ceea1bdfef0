/** Another name for a tag on every ticket that carries it; where that name is known, the two become one. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { router } from "../router.js";
import { jobs, jobLine } from "./job.js";
import { tags } from "./kept.js";
import { pathTo, place } from "./place.js";

class TagRename extends Component {
  static properties = { tag: { attribute: false }, to: { state: true }, found: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.watches(tags, jobs);
    /** @type {any} */
    this.tag = null;
    this.reset();
  }

  reset() {
    this.to = "";
    /** @type {{count: number, more: boolean} | null} what would change */
    this.found = null;
    this.problem = "";
    this.busy = false;
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (changed.has("tag") && changed.get("tag")?.id !== this.tag?.id) this.reset();
  }

  get action() {
    return { kind: "rename_tag", from: this.tag.id, to: this.to.trim().toLowerCase() };
  }

  /** @param {() => Promise<any>} run */
  async attempt(run) {
    this.busy = true;
    this.problem = "";
    try {
      await run();
    } catch (error) {
      const { status, detail, errors } = /** @type {any} */ (error);
      this.problem = status === 0 ? t("settings.offline") : errors?.[0]?.message || detail || t("state.failed.text");
    }
    this.busy = false;
  }

  check() {
    const { to } = this.action;
    if (!to || to === this.tag.id) return (this.problem = t(to ? "rename.same" : "field.missing"));
    return this.attempt(async () => (this.found = await api.post("/jobs", { action: this.action, preview: true })));
  }

  /** The colour and the meaning go along to a name that is new. */
  run() {
    const { from, to } = this.action;
    const { hue, description } = this.tag;
    return this.attempt(async () => {
      if (!tags.of(to) && (hue !== null || description)) await tags.create({ id: to, hue, description }, crypto.randomUUID());
      await jobs.start({ action: this.action }, from, () => this.done(from, to));
    });
  }

  /** @param {string} from @param {string} to */
  async done(from, to) {
    await tags.open();
    say({ text: t("rename.done", { from, to }) });
    if (place().section === "tags" && place().id === from && tags.of(to) && !tags.of(from)) router.go(pathTo("tags", to), { replace: true });
  }

  render() {
    if (!this.tag) return nothing;
    const { to } = this.action;
    const merges = Boolean(tags.of(to));
    const running = jobs.of(this.tag.id);
    return html`<section class="side-card rename"><h2 class="side-head">${t("rename.title")}</h2>
      ${running ? jobLine(running) : html`<label class="field"><span class="label">${t("rename.to")}</span>
          <input class="input" name="to" list="rename-tags" autocomplete="off" maxlength="50" dir="auto" .value=${this.to} aria-invalid=${String(Boolean(this.problem))} aria-describedby="rename-problem"
            @input=${(/** @type {any} */ event) => { this.to = event.target.value; this.found = null; this.problem = ""; }} @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && !event.ctrlKey && !event.metaKey && (event.preventDefault(), this.check())} /></label>
        <datalist id="rename-tags">${(tags.data || []).filter(({ id }) => id !== this.tag.id).map(({ id }) => html`<option value=${id}></option>`)}</datalist>
        ${this.problem ? html`<span class="hint bad" id="rename-problem">${icon("alert", 12)}<span>${this.problem}</span></span>` : nothing}
        ${this.found ? html`<p role="status">${t(merges ? "rename.merges" : "rename.renames", { n: this.found.count, from: this.tag.id, to })}${this.found.more ? ` ${t("rename.more")}` : ""}</p>` : nothing}
        <div class="row g8">${this.found
          ? html`<button type="button" class="btn primary small" ?disabled=${this.busy} @click=${this.run}>${t(merges ? "rename.merge" : "rename.run", { n: this.found.count })}</button>`
          : html`<button type="button" class="btn second small" ?disabled=${this.busy} @click=${this.check}>${t("rename.check")}</button>`}</div>`}
    </section>`;
  }
}

customElements.define("tag-rename", TagRename);
