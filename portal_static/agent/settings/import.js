/** Importing a file: chosen, tried, read row by row, and only then done. */
import { api } from "../../shared/api.js";
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { importRows } from "./import-rows.js";
import { hrefTo } from "./place.js";

/** @typedef {{column: string, code: string, message: string}} CellFault */
/** @typedef {{row: number, key: string, outcome: string, reason: string | null, changes: Record<string, {from: string, to: string}>, faults: CellFault[]}} Row */
/** @typedef {{dry_run: boolean, columns: string[], ignored: string[], counts: Record<string, number>, rows: Row[]}} Report */

const MOST = 600_000; // bytes: in base64 they have to fit into a body

class SettingsImport extends Component {
  static properties = { section: {}, path: {}, records: { attribute: false }, inviting: { type: Boolean }, name: { state: true }, invite: { state: true }, report: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.section = "";
    this.path = "";
    /** @type {import("./records.js").Records | undefined} */
    this.records = undefined;
    this.inviting = false;
    this.file = "";
    this.name = "";
    this.invite = false;
    /** @type {Report | null} */
    this.report = null;
    this.problem = "";
    this.busy = false;
    this.turn = 0;
  }

  /** @param {Event} event */
  async chosen(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    input.value = ""; // the same file, mended, may be chosen once more
    if (!file) return;
    this.name = file.name;
    this.report = null;
    this.problem = file.size > MOST ? t("import.too_large", { kb: MOST / 1000 }) : "";
    if (this.problem) return;
    this.file = base64(new Uint8Array(await file.arrayBuffer()));
    await this.run(true);
  }

  /** Try the file, or do it. @param {boolean} dry */
  async run(dry) {
    const turn = (this.turn += 1);
    this.busy = true;
    this.problem = "";
    try {
      const query = new URLSearchParams({ ...(dry ? { dry_run: "1" } : {}), ...(this.invite ? { invite: "1" } : {}) });
      const report = await api.post(`${this.path}?${query}`, { csv_base64: this.file });
      if (turn === this.turn) this.report = report;
      if (!dry) await this.done(report);
    } catch (error) {
      if (turn === this.turn) this.refuse(/** @type {any} */ (error));
    }
    if (turn === this.turn) this.busy = false;
  }

  /** @param {Report} report */
  async done({ counts }) {
    await this.records?.open();
    const bad = Boolean(counts.failed || counts.not_reached);
    say({ bad, text: t(bad ? "import.partly" : "import.done", { created: counts.created, changed: counts.changed }) });
  }

  /** @param {import("../../shared/api.js").ApiError} error */
  refuse(error) {
    const told = error.errors.slice(0, 3).map(({ message }) => message).join(" ");
    this.problem = error.status === 0 ? t("settings.offline") : [error.detail, told].filter(Boolean).join(": ") || t("state.failed.text");
  }

  /** @param {boolean} wanted */
  mayInvite(wanted) {
    this.invite = wanted;
    if (this.file) this.run(true);
  }

  render() {
    return html`<section class="set-editor import" aria-label=${t("import.title")}>
      <header class="set-head"><a class="btn ghost square back" href=${hrefTo(this.section)} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        <h1 class="t16 cut grow" tabindex="-1">${t("import.title")}</h1></header>
      <div class="import-body">
        <p class="i2">${t(`import.about.${this.section}`)}</p>
        <div class="row g8 import-acts">
          <label class="btn ${this.report ? "second" : "primary"} import-file">${icon("file", 14)}${t(this.report ? "import.other" : "import.choose")}<input class="said" type="file" accept=".csv,.txt,text/csv" ?disabled=${this.busy} @change=${this.chosen} /></label>
          <a class="link" href="/v1${this.path}?sample=1" download>${t("import.sample")}</a><a class="link" href="/v1${this.path}" download>${t("import.export")}</a>
        </div>
        ${this.inviting ? html`<label class="row g8"><input type="checkbox" name="invite" .checked=${this.invite} ?disabled=${this.busy} @change=${(/** @type {any} */ { target }) => this.mayInvite(target.checked)} />${t("import.invite")}</label>` : nothing}
        <div role="status">${this.said()}</div>
        ${this.report ? importRows(this.report) : nothing}
      </div>
      ${this.report?.dry_run ? this.foot(this.report) : nothing}
    </section>`;
  }

  said() {
    const { report, problem, busy } = this;
    if (busy) return html`<p class="i3">${t("import.running", { name: this.name })}</p>`;
    if (problem) return html`<div class="alert bad">${icon("alert")}<span>${problem}</span>${this.file ? html`<button class="link" @click=${() => this.run(true)}>${t("action.retry")}</button>` : nothing}</div>`;
    return report ? html`<p><b dir="auto">${this.name}</b>: ${sum(report)}</p>${report.ignored.length ? html`<p class="hint">${t("import.ignored", { names: report.ignored.join(", ") })}</p>` : nothing}` : nothing;
  }

  /** @param {Report} report */
  foot({ counts }) {
    const more = counts.created + counts.changed;
    const text = counts.fault ? t("import.mend") : more ? "" : t("import.nothing");
    return html`<footer class="set-foot">${text ? html`<span class="i3 grow">${text}</span>` : html`<span class="grow"></span>`}
      <button class="btn primary" ?disabled=${this.busy || Boolean(counts.fault) || !more} @click=${() => this.run(false)}>${t("import.apply", { n: more })}</button></footer>`;
  }
}

/** What the rows come to, in a sentence. @param {Report} report */
function sum({ dry_run, counts }) {
  const parts = Object.entries(counts).filter(([, count]) => count).map(([name, n]) => t(`import.count.${name}`, { n }));
  return `${t(dry_run ? "import.would" : "import.did")} ${parts.join(", ") || t("import.count.none")}.`;
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(""));
}

customElements.define("settings-import", SettingsImport);
