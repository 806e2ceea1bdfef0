/** The search field in the head of the list: words, conditions, suggestions, and what is wrong at its place. */
import { Component, html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { FIRST, here, pathOf, router, SEARCH } from "../router.js";
import { askedHere, askedIn, searchTo, textOf } from "../state/asked.js";
import { list, openView } from "../state/list.js";
import { ui } from "../state/ui.js";
import { suggestions } from "./suggest.js";

const REST = 150; // ms without a key before suggestions are asked for

/** @typedef {import("./suggest.js").Suggestion} Suggestion */

class SearchField extends Component {
  static properties = { found: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.watches(router, list);
    /** @type {Suggestion[]} */
    this.found = [];
    this.at = -1;
    this.shown = "";
    this.turn = 0;
  }

  get input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  firstUpdated() {
    this.fill();
    if (ui.value.searching) this.input.focus();
  }

  updated() {
    this.fill();
    this.querySelector(".item.on")?.scrollIntoView({ block: "nearest" });
  }

  /** The address has changed: show what it asks. */
  fill() {
    const text = here().view === SEARCH ? textOf(askedHere()) : "";
    if (text === this.shown) return;
    this.shown = text;
    this.input.value = text;
  }

  typed() {
    const mine = ++this.turn;
    const { value, selectionStart } = this.input;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const found = await suggestions(value, selectionStart ?? value.length);
      if (mine !== this.turn) return;
      this.found = found;
      this.at = -1;
    }, REST);
  }

  /** @param {Suggestion} suggestion */
  take(suggestion) {
    this.close();
    if (suggestion.ticket) return router.go(pathOf(here().view, suggestion.ticket));
    this.input.value = suggestion.text ?? "";
    this.input.focus();
    if (suggestion.whole) this.go();
    else this.typed();
  }

  close() {
    this.turn += 1;
    clearTimeout(this.timer);
    this.found = [];
    this.at = -1;
  }

  go() {
    this.close();
    const asked = askedIn(this.input.value);
    this.shown = textOf(asked);
    this.input.value = this.shown;
    ui.merge({ searching: false });
    if (here().view === SEARCH && JSON.stringify(asked) === JSON.stringify(askedHere())) openView(SEARCH);
    else searchTo(asked);
  }

  /** Back to where somebody was. */
  leave() {
    this.close();
    ui.merge({ searching: false });
    if (here().view === SEARCH) router.go(pathOf(ui.value.before || FIRST));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.found.length;
    if (step && count) this.at = (this.at + step + count + (this.at < 0 && step < 0 ? 1 : 0)) % count;
    else if (event.key === "Enter") this.at < 0 ? this.go() : this.take(this.found[this.at]);
    else if (event.key === "Tab" && this.at >= 0) this.take(this.found[this.at]);
    else if (event.key === "Escape") count ? this.close() : this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  render() {
    const open = this.found.length > 0;
    return html`<div class="search-field" role="search">
      ${icon("search")}
      <input type="text" class="grow" role="combobox" aria-label=${t("search.label")} placeholder=${t("search.hint")} aria-expanded=${String(open)} aria-controls="search-found"
        aria-activedescendant=${this.at < 0 ? nothing : `search-item-${this.at}`} aria-invalid=${String(Boolean(this.problem))} aria-describedby=${this.problem ? "search-problem" : nothing}
        autocomplete="off" spellcheck="false" dir="auto" enterkeyhint="search" @input=${this.typed} @keydown=${this.press} @blur=${() => setTimeout(() => this.close(), 150)} />
      <button class="btn ghost square tiny" aria-label=${t("search.leave")} title=${t("search.leave")} @click=${this.leave}>${icon("x", 14)}</button>
    </div>
    <div class="menu search-menu" id="search-found" role="listbox" aria-label=${t("search.suggested")} ?hidden=${!open}>
      ${this.found.map((each, at) => this.item(each, at))}
    </div>
    ${this.problem ? this.wrong() : nothing}`;
  }

  /** @param {Suggestion} each @param {number} at */
  item(each, at) {
    return html`${each.head ? html`<div class="menu-head" role="presentation">${each.head}</div>` : nothing}
      <button class="item ${at === this.at ? "on" : ""}" id="search-item-${at}" role="option" tabindex="-1" aria-selected=${String(at === this.at)}
        @mousedown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${() => this.take(each)}>
        ${each.icon}<span class="cut" dir="auto">${each.label}</span>${each.hint ? html`<span class="t12 i3 cut">${each.hint}</span>` : nothing}
      </button>`;
  }

  /** What the server does not understand of the filter. */
  get problem() {
    const { view, state, error } = list.value;
    return view === SEARCH && state === "failed" && error?.code === "bad_filter" ? error.errors[0] : null;
  }

  /** The filter with the place marked, and why. */
  wrong() {
    const { filter } = list.value;
    const at = Number(this.problem.pointer.split("#")[1] || 0);
    const signs = [...filter];
    const length = Math.max(1, signs.slice(at).findIndex((sign) => sign === " ") + 1 || signs.length - at);
    const [before, place, after] = [signs.slice(0, at), signs.slice(at, at + length), signs.slice(at + length)].map((some) => some.join(""));
    return html`<div class="search-problem" id="search-problem" role="alert">
      <code dir="ltr">${before}<mark>${place || "…"}</mark>${after}</code>
      <span class="hint bad">${icon("alert", 12)}<span>${this.problem.message.replace(/ \(at character \d+\)$/, "")}</span></span>
    </div>`;
  }
}

customElements.define("desk-search", SearchField);
