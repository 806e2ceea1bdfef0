/** Prepared answers in the reply box: found after a slash or from the menu; blanks they leave hold the message back. */
import { html, nothing } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { icon } from "../../shared/parts/icons.js";
import { say } from "../../shared/parts/toast.js";
import { blanksIn, markBlanks, selectBlank } from "../macros/blanks.js";
import { need } from "../state/parts.js";

const BEGUN = /^\/([\p{L}\p{N} _-]{0,40})$/u;

export class ReplyAnswers {
  /** @param {any} box the reply box */
  constructor(box) {
    this.box = box;
    this.picking = ""; // "slash" while a name is typed after one, "menu" from the button
    this.wanted = "";
  }

  /** A slash at the beginning of a line opens them. */
  pick() {
    this.mark();
    const begun = this.box.editor.begun.match(BEGUN);
    if (!begun && this.picking === "menu") return;
    this.picking = begun ? "slash" : "";
    this.wanted = begun?.[1] || "";
    if (begun) need("answers");
  }

  open() {
    need("answers");
    this.wanted = "";
    this.picking = this.picking ? "" : "menu";
    this.box.requestUpdate();
  }

  /** @param {CustomEvent<{html: string, kind: "reply" | "note"}>} event */
  inserted({ detail }) {
    const { box } = this;
    const typed = this.picking === "slash" ? this.wanted.length + 1 : 0;
    this.picking = "";
    if (detail.kind !== box.kind && box.editor.blank) box.choose(detail.kind);
    box.editor.insert(detail.html, typed);
    selectBlank(box.editor.area);
  }

  left() {
    this.picking = "";
    this.box.requestUpdate();
    this.box.editor.focus();
  }

  /** Keys while a name is typed after the slash. @param {KeyboardEvent} event @returns {boolean} whether it was for them */
  press(event) {
    const picker = /** @type {any} */ (this.box.querySelector("desk-answers"));
    return Boolean(this.picking === "slash" && picker?.press?.(event));
  }

  mark() {
    if (this.box.editor?.area) markBlanks(this.box.editor.area);
  }

  /** Places of a template that nobody has filled. */
  get blanks() {
    return blanksIn(this.box.editor?.area?.textContent || "");
  }

  get sentence() {
    const { blanks } = this;
    return t("macro.blanks", { n: blanks.length, names: blanks.join(", ") });
  }

  /** Nothing goes out with a blank in it: show the first. */
  refuse() {
    say({ bad: true, text: this.sentence });
    selectBlank(this.box.editor.area);
  }

  render() {
    const { box } = this;
    return html`${this.blanks.length ? html`<button class="hint blanks reply-blanks" @click=${() => selectBlank(box.editor.area)}>${icon("alert", 12)}${this.sentence}</button>` : nothing}
      ${this.picking
        ? html`<desk-answers .ticket=${box.ticket} .text=${this.wanted} .own=${this.picking === "menu"} @inserted=${(/** @type {CustomEvent} */ event) => this.inserted(event)} @left=${() => this.left()}></desk-answers>`
        : nothing}`;
  }
}
