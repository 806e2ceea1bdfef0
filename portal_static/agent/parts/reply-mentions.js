/** Colleagues whom a note names: found behind the sign for it, and told when the note is sent. */
import { html, nothing } from "../../shared/element.js";
import { nameOf } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { avatar } from "../../shared/parts/people.js";
import { session } from "../../shared/session.js";
import { catalogue } from "../state/catalogue.js";

const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}.' -]{0,30})$/u;
const SHOWN = 6;

/** @typedef {import("../state/catalogue.js").Person} Person */

export class ReplyMentions {
  /** @param {any} box the reply box */
  constructor(box) {
    this.box = box;
    this.wanted = /** @type {string | null} */ (null); // what was typed of a name, null while nothing is looked for
    this.at = 0;
  }

  /** Somebody typed: is it a name? */
  pick() {
    const begun = this.box.kind === "note" ? this.box.editor.begun.match(BEGUN) : null;
    const wanted = begun ? begun[1] : null;
    if (wanted !== this.wanted) this.at = 0;
    this.wanted = wanted;
  }

  /** @returns {Person[]} */
  get found() {
    if (this.wanted === null) return [];
    const wanted = this.wanted.toLocaleLowerCase();
    const fits = (/** @type {Person} */ person) => nameOf(person).toLocaleLowerCase().split(" ").some((word, at, all) => all.slice(at).join(" ").startsWith(wanted));
    return catalogue.value.staff.filter((person) => person.id !== session.value.me?.id && fits(person)).slice(0, SHOWN);
  }

  /** Ids of the colleagues whose names stand in the note behind the sign, so that a draft keeps them. */
  get ids() {
    let text = this.box.editor?.area?.textContent || "";
    const staff = [...catalogue.value.staff].sort((a, b) => nameOf(b).length - nameOf(a).length);
    return staff.flatMap((person) => {
      const name = `@${nameOf(person)}`;
      if (!text.includes(name)) return [];
      text = text.replaceAll(name, "");
      return [person.id];
    });
  }

  /** What a note says of them. @returns {{mentions?: string[]}} */
  get body() {
    const mentions = this.box.kind === "note" ? this.ids : [];
    return mentions.length ? { mentions } : {};
  }

  /** @param {Person} person */
  choose(person) {
    const typed = (this.wanted || "").length + 1;
    this.wanted = null;
    const name = document.createElement("span");
    name.textContent = `@${nameOf(person)}`;
    this.box.editor.insert(`${name.innerHTML}&nbsp;`, typed);
    this.box.requestUpdate();
  }

  /** Keys while a name is typed. @param {KeyboardEvent} event @returns {boolean} whether it was for this */
  press(event) {
    const { found } = this;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!found.length || !(step || ["Enter", "Tab", "Escape"].includes(event.key)) || event.metaKey || event.ctrlKey) return false;
    event.preventDefault();
    event.stopPropagation();
    if (step) this.at = (this.at + step + found.length) % found.length;
    else if (event.key === "Escape") this.wanted = null;
    else this.choose(found[this.at]);
    this.box.requestUpdate();
    return true;
  }

  render() {
    const { found } = this;
    if (!found.length) return nothing;
    return html`<ul class="mentions" role="listbox" aria-label=${t("reply.mention")}>${found.map((person, at) => html`<li role="option" aria-selected=${String(at === this.at)} class="item ${at === this.at ? "on" : ""}"
      @mousedown=${(/** @type {Event} */ event) => { event.preventDefault(); this.choose(person); }}>${avatar(nameOf(person), 20)}<span class="cut">${nameOf(person)}</span><span class="i3 t12 cut">${person.email}</span></li>`)}</ul>`;
  }
}
