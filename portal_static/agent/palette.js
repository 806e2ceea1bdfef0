/** The command palette: every action by name, the open ticket's first; "#48213" goes to a ticket. */
import { Component, html, nothing } from "../shared/element.js";
import { api } from "../shared/api.js";
import { nameOf } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { keycaps } from "../shared/parts/badges.js";
import { icon } from "../shared/parts/icons.js";
import { commands } from "./commands.js";
import { here, pathOf, router } from "./router.js";
import { searchTo } from "./state/asked.js";
import { closeDialog } from "./state/ui.js";

/** @typedef {import("./commands.js").Command} Command */

const REST = 150; // ms without a key before tickets and people are asked for

/** @param {{id: string, number: number, subject: string}} ticket @returns {Command} */
const ticketHit = ({ id, number, subject }) => ({
  id, group: "found", icon: "mail", label: `#${number} ${subject || t("ticket.no_subject")}`, run: () => router.go(pathOf(here().view || "open", number)),
});

/** @param {{id: string, kind: string, name: string, email: string}} person @returns {Command} */
const personHit = (person) => ({
  id: person.id, group: "found", icon: "user", label: nameOf(person), effect: person.name ? person.email : "",
  run: () => searchTo({ q: "", filter: `${person.kind === "agent" ? "assignee" : "requester"}:${person.id}` }),
});

class Palette extends Component {
  static properties = { text: { state: true }, at: { state: true }, hits: { state: true } };

  constructor() {
    super();
    this.text = "";
    this.at = 0;
    /** @type {Command[]} tickets and people by what was typed */
    this.hits = [];
    this.asked = "";
    this.all = commands().filter((command) => command.id !== "palette");
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  /** @returns {Command[]} */
  get found() {
    const wanted = this.text.trim().toLocaleLowerCase();
    const number = wanted.match(/^#?(\d+)$/)?.[1];
    const hits = this.all.filter((command) => command.label.toLocaleLowerCase().includes(wanted));
    const search = { id: "search-for", group: /** @type {const} */ ("found"), icon: "search", label: t("palette.search", { text: this.text.trim() }), keys: "", run: () => searchTo({ q: this.text.trim(), filter: "" }) };
    const found = wanted.length > 1 ? [...this.hits, search] : [];
    if (!number) return [...hits, ...found];
    return [{ id: "ticket", group: "go", icon: "mail", label: t("palette.number", { number }), run: () => router.go(pathOf(here().view || "open", number)) }, ...hits, ...found];
  }

  /** @param {string} text */
  type(text) {
    this.text = text;
    this.at = 0;
    const asked = (this.asked = text.trim());
    clearTimeout(this.timer);
    if (asked.length < 2) this.hits = [];
    else this.timer = setTimeout(() => this.look(asked), REST);
  }

  /** Ask which tickets and people begin like this. @param {string} asked */
  async look(asked) {
    const found = await api.get("/search/suggest", { q: asked.replace(/^#/, "") }).catch(() => ({ tickets: [], people: [] }));
    if (asked !== this.asked) return;
    this.hits = [...found.tickets.map(ticketHit), ...found.people.map(personHit)];
  }

  /** @param {Command} command */
  run(command) {
    this.querySelector("dialog")?.close();
    setTimeout(command.run);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { found } = this;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) this.at = (this.at + step + found.length) % found.length;
    else if (event.key === "Enter" && found[this.at]) this.run(found[this.at]);
    else return;
    event.preventDefault();
  }

  updated() {
    this.querySelector(".item.on")?.scrollIntoView({ block: "nearest" });
  }

  render() {
    const { found } = this;
    return html`<dialog class="dialog palette" aria-label=${t("command.palette")} @close=${closeDialog}
      @click=${(/** @type {Event} */ event) => event.target === event.currentTarget && /** @type {HTMLDialogElement} */ (event.target).close()}>
      <div class="palette-field">
        ${icon("search")}
        <input class="grow" role="combobox" aria-expanded="true" aria-controls="palette-items" aria-label=${t("palette.hint")} placeholder=${t("palette.hint")}
          aria-activedescendant=${found.length ? `command-${this.at}` : nothing} autofocus autocomplete="off" spellcheck="false"
          @input=${(/** @type {any} */ event) => this.type(event.target.value)} @keydown=${this.press} />
        ${keycaps("escape")}
      </div>
      <div class="palette-items" id="palette-items" role="listbox" aria-label=${t("command.palette")}>
        ${found.map((command, at) => this.item(command, at, found[at - 1]?.group !== command.group))}
        ${found.length ? nothing : html`<p class="palette-none" role="status">${t("palette.none")}</p>`}
      </div>
      <footer class="palette-foot" aria-hidden="true">
        <span class="row g4">${keycaps("↑")}${keycaps("↓")} ${t("palette.move")}</span><span class="row g4">${keycaps("enter")} ${t("palette.run")}</span>
        <span class="grow"></span><span class="row g4">${keycaps("?")} ${t("command.keys")}</span>
      </footer>
    </dialog>`;
  }

  /** @param {Command} command @param {number} at @param {boolean} first of its group */
  item(command, at, first) {
    return html`${first ? html`<div class="menu-head" role="presentation">${t(`palette.${command.group}`)}</div>` : nothing}
      <button class="item ${at === this.at ? "on" : ""}" id="command-${at}" role="option" tabindex="-1" aria-selected=${String(at === this.at)} @click=${() => this.run(command)}>
        ${icon(command.icon)}<span dir="auto">${marked(command.label, this.text.trim())}</span>
        ${command.effect ? html`<span class="i3 cut">${command.effect}</span>` : nothing}<span class="grow"></span>${keycaps(command.keys)}
      </button>`;
  }
}

/** The label with the match underlined. @param {string} label @param {string} text */
function marked(label, text) {
  const at = text ? label.toLocaleLowerCase().indexOf(text.toLocaleLowerCase()) : -1;
  if (at < 0) return label;
  return html`${label.slice(0, at)}<mark>${label.slice(at, at + text.length)}</mark>${label.slice(at + text.length)}`;
}

customElements.define("desk-palette", Palette);
