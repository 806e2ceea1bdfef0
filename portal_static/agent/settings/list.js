/** The list of a section's records: rows that are links, handles where they have an order, and its five states. */
import { Component, html, nothing } from "../../shared/element.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, paneState, rowBones } from "../../shared/parts/states.js";
import { session } from "../../shared/session.js";
import { router } from "../router.js";
import { reorder } from "./changes.js";
import { hrefTo, IMPORT, NEW, place } from "./place.js";
import { sectionTitle } from "./registry.js";
import { mayWrite } from "./section.js";
import { Sorting } from "./sorting.js";

const MANY = 8; // rows from which there is a field to search

class SettingsList extends Component {
  static properties = { entry: { attribute: false }, section: { attribute: false }, text: { state: true }, said: { state: true } };

  constructor() {
    super();
    this.watches(router, session);
    /** @type {import("./registry.js").Entry} */
    this.entry = /** @type {any} */ (null);
    /** @type {import("./section.js").Section} */
    this.section = {};
    this.text = "";
    this.said = "";
    this.sorting = new Sorting(this, {
      ids: () => this.rows.filter((row) => !row.archived).map((row) => row.id),
      step: (ids, id, step) => this.section.step?.(ids, id, step) ?? ids.indexOf(id) + step,
      show: (ids) => this.records.arrange(ids),
      keep: (ids, before) => reorder(this.section, ids, before),
    });
  }

  get records() {
    return /** @type {import("./records.js").Records} */ (this.section.records);
  }

  get rows() {
    return this.records.data || [];
  }

  get mayWrite() {
    return mayWrite(this.section);
  }

  get shown() {
    const wanted = this.text.toLocaleLowerCase();
    return this.rows.filter((row) => {
      const { title, text = "" } = this.lineOf(row);
      return `${title} ${text}`.toLocaleLowerCase().includes(wanted);
    });
  }

  /** @param {any} row */
  lineOf(row) {
    return /** @type {any} */ (this.section.line)(row);
  }

  render() {
    const { id } = place();
    const title = sectionTitle(this.entry.id);
    return html`<section class="set-list" aria-label=${title}>
      <header class="set-head">
        <a class="btn ghost square back" href=${router.href("/settings")} aria-label=${t("settings.back")}>${icon("left", 20)}</a>
        ${id ? html`<h2 class="t16 cut">${title}</h2>` : html`<h1 class="t16 cut" tabindex="-1">${title}</h1>`}<span class="grow"></span>
        ${this.mayWrite && this.rows.length ? html`${this.importing("ghost square small", false)}${this.button("second small")}` : nothing}
      </header>
      <span class="said" role="status">${this.said}</span>
      ${this.content()}
    </section>`;
  }

  /** @param {string} look */
  button(look) {
    return html`<a class="btn ${look}" href=${hrefTo(this.entry.id, NEW)}>${icon("plus", 14)}${t(`settings.${this.entry.id}.new`)}</a>`;
  }

  /** @param {string} look @param {boolean} named */
  importing(look, named) {
    if (!this.section.imports) return nothing;
    const words = t("import.title");
    return html`<a class="btn ${look}" href=${hrefTo(this.entry.id, IMPORT)} title=${named ? nothing : words} aria-label=${words}>${icon("file", 14)}${named ? words : nothing}</a>`;
  }

  content() {
    const { state, slow, error, data } = this.records.value;
    if (state === "failed") return failure(error, t("settings.list_failed"), () => this.records.open());
    if (!data) return slow ? rowBones(6) : nothing;
    if (!data.length) return this.empty();
    const { shown } = this;
    return html`${data.length > MANY ? this.search() : nothing}
      <ul class="set-rows">${repeat(shown.filter((row) => !row.archived), (row) => row.id, (row) => this.row(row))}</ul>
      ${this.archived(shown.filter((row) => row.archived))}
      ${shown.length ? nothing : html`<p class="set-none" role="status">${t("menu.nothing")}</p>`}`;
  }

  empty() {
    const { id, icon: name } = this.entry;
    return paneState({ icon: name, title: t(`settings.${id}.empty`), text: t(`settings.${id}.about`), actions: this.mayWrite ? html`${this.button("primary")}${this.importing("second", true)}` : nothing });
  }

  search() {
    return html`<div class="set-search">${icon("search", 14)}<input class="grow" type="search" placeholder=${t("settings.search")} aria-label=${t("settings.search")}
      .value=${this.text} @input=${(/** @type {any} */ event) => (this.text = event.target.value)} /></div>`;
  }

  /** What is out of use stands apart. @param {any[]} rows */
  archived(rows) {
    if (!rows.length) return nothing;
    const open = rows.some(({ id }) => id === place().id);
    return html`<details class="set-archived" ?open=${open}><summary>${icon("right", 12)}${t("archive.list", { n: rows.length })}</summary>
      <ul class="set-rows">${repeat(rows, (row) => row.id, (row) => this.row(row))}</ul></details>`;
  }

  /** @param {any} row */
  row(row) {
    const { title, lead = nothing, text = "", tag = "", level = 0 } = this.lineOf(row);
    const current = row.id === place().id;
    const movable = this.section.ordered && this.mayWrite && !this.text && !row.archived;
    return html`<li class="set-row" data-level=${Math.min(level, 4)} data-id=${row.archived ? nothing : row.id} ?data-moving=${this.sorting.moving === row.id}>
      ${movable
        ? html`<button class="set-grip" aria-label=${t("settings.move", { name: title })} title=${t("settings.move_hint")}
            @pointerdown=${(/** @type {PointerEvent} */ event) => this.sorting.grab(event, row.id)}
            @keydown=${(/** @type {KeyboardEvent} */ event) => this.moveByKey(event, row.id, title)}>${icon("grip")}</button>`
        : nothing}
      <a class="set-link" data-step href=${hrefTo(this.entry.id, row.id)} aria-current=${current ? "page" : "false"}>
        ${lead}<span class="grow"><span class="set-title" dir="auto">${title}</span>${text ? html`<span class="set-text" dir="auto">${text}</span>` : nothing}</span>
        ${tag ? html`<span class="tag">${tag}</span>` : nothing}
      </a></li>`;
  }

  /** @param {KeyboardEvent} event @param {string} id @param {string} name */
  moveByKey(event, id, name) {
    const to = this.sorting.press(event, id);
    if (to >= 0) this.said = t("settings.moved", { name, at: to + 1, of: this.rows.length });
  }

  /** Follow another section's records. @param {Map<string, any>} changed */
  willUpdate(changed) {
    if (!changed.has("section") || !this.section.records) return;
    this.text = "";
    this.end?.();
    const ends = [this.section.records, ...(this.section.watch || [])].map((store) => store.watch(() => this.requestUpdate()));
    this.end = () => ends.forEach((end) => end());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end?.();
  }
}

customElements.define("settings-list", SettingsList);
