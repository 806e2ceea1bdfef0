/** The settings: sections at the start, then the list and the editor of the one that is open. */
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { failure, paneState, rowBones } from "../../shared/parts/states.js";
import { Resource } from "../../shared/resource.js";
import { session } from "../../shared/session.js";
import { hrefOf, router } from "../router.js";
import { hrefTo, IMPORT, place } from "./place.js";
import { mayWrite } from "./section.js";
import { GROUPS, openable, sectionTitle } from "./registry.js";
import "./editor.js";
import "./list.js";

/** @typedef {import("./registry.js").Entry} Entry */

/** The code of the section that is open. @type {Resource<import("./section.js").Section>} */
const open = new Resource();

class Settings extends Component {
  constructor() {
    super();
    this.watches(router, session, open);
    this.loaded = "";
    this.set = (/** @type {any} */ event) => event.detail === open.data?.records?.kind && open.data?.records?.open();
  }

  connectedCallback() {
    super.connectedCallback();
    this.loaded = "";
    document.addEventListener("desk-set", this.set);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("desk-set", this.set);
    this.end?.();
  }

  /** What the address names, the first section where it names none. @returns {Entry | undefined} */
  get entry() {
    const { section } = place();
    const all = openable();
    return section ? all.find(({ id }) => id === section) : all[0];
  }

  willUpdate() {
    const { section, id } = place();
    const { entry } = this;
    this.dataset.pane = id ? "record" : section ? "list" : "menu";
    const records = open.data?.records?.value;
    this.toggleAttribute("data-alone", !id && (records?.state === "failed" || records?.data?.length === 0));
    if (entry && entry.id !== this.loaded) this.load(entry);
    if (!id) document.title = entry ? `${sectionTitle(entry.id)} · ${t("settings.title")}` : t("settings.title");
  }

  /** @param {Entry} entry */
  async load(entry) {
    this.loaded = entry.id;
    await open.load(async () => (await entry.load()).default);
    const { data } = open;
    const stores = [data?.records, ...(data?.watch || [])].filter(Boolean);
    this.end?.();
    const ends = stores.map((store) => store.watch(() => this.requestUpdate()));
    this.end = () => ends.forEach((end) => end());
    data?.records?.open();
    for (const store of data?.watch || []) if (store.value?.state === "idle") store.open();
  }

  render() {
    const { section } = place();
    return html`<main class="set-main" id="main" tabindex="-1"><nav class="set-menu" aria-label=${t("settings.title")}>
        ${section ? html`<h2 class="set-menu-head">${t("settings.title")}</h2>` : html`<h1 class="set-menu-head">${t("settings.title")}</h1>`}
        ${GROUPS.map((group) => this.group(group))}
      </nav>
      <div class="settings">${this.section()}</div></main>`;
  }

  /** @param {string} group */
  group(group) {
    const all = openable().filter((entry) => entry.group === group);
    if (!all.length) return nothing;
    return html`<h2 class="views-caption">${t(`settings.group.${group}`)}</h2>
      ${all.map(({ id, icon: name }) => html`<a class="view" href=${hrefTo(id)} aria-current=${id === this.entry?.id ? "page" : "false"}>${icon(name)}<span class="cut">${sectionTitle(id)}</span></a>`)}`;
  }

  section() {
    const { entry } = this;
    const back = html`<a class="btn second" href=${hrefOf("open")}>${t("nav.inbox")}</a>`;
    if (!entry) return html`<h1 class="said">${t("settings.title")}</h1>${failure({ status: 403 }, "", () => {}, back)}`;
    const { state, slow, data } = open.value;
    if (state === "failed") return failure({ status: 0 }, t("settings.failed"), () => this.load(entry));
    if (!data || this.loaded !== entry.id) return slow ? rowBones(6) : nothing;
    if (data.view) return data.view();
    const { id } = place();
    return html`<settings-list .entry=${entry} .section=${data}></settings-list>
      ${id === IMPORT && data.imports && mayWrite(data)
        ? html`<settings-import section=${entry.id} path=${data.imports.path} .records=${data.records} ?inviting=${data.imports.invites}></settings-import>`
        : id ? html`<settings-editor .entry=${entry} .section=${data} .record=${id}></settings-editor>` : this.idle(entry, data)}`;
  }

  /** Nothing is chosen: what these are for. @param {Entry} entry @param {import("./section.js").Section} section */
  idle(entry, { records }) {
    if (!records?.data?.length) return nothing;
    return html`<div class="set-editor"><div class="set-head"></div>
      ${paneState({ icon: entry.icon, title: sectionTitle(entry.id), text: t(`settings.${entry.id}.about`) })}</div>`;
  }
}

customElements.define("desk-settings", Settings);
