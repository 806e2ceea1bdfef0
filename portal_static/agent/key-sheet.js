/** All keys on one sheet. */
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { keycaps } from "../shared/parts/badges.js";
import { icon } from "../shared/parts/icons.js";
import { may } from "../shared/session.js";
import { commands } from "./commands.js";
import { closeDialog } from "./state/ui.js";

const GROUPS = ["ticket", "desk"];

class KeySheet extends Component {
  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  render() {
    const withKeys = commands().filter((command) => command.keys);
    return html`<dialog class="dialog" aria-label=${t("command.keys")} @close=${closeDialog}>
      <header><h2 class="t16 grow">${t("command.keys")}</h2>
        <button class="btn ghost square small" aria-label=${t("action.close")} @click=${() => this.querySelector("dialog")?.close()}>${icon("x")}</button></header>
      <div class="body key-sheet">
        ${GROUPS.map((group) => this.group(t(`palette.${group}`), withKeys.filter((command) => command.group === group)))}
        ${this.group(t("keys.writing"), may("tickets:write") ? [{ label: t("reply.send"), keys: "mod+enter" }, { label: t("reply.send_solve"), keys: "mod+shift+enter" }] : [])}
      </div>
    </dialog>`;
  }

  /** @param {string} name @param {{label: string, keys?: string, also?: string}[]} all */
  group(name, all) {
    if (!all.length) return nothing;
    return html`<section><h3 class="menu-head">${name}</h3>
      <dl>${all.map(({ label, keys, also }) => html`<div class="key-line"><dt>${label}</dt><dd class="row g4"><span class="said">${keys}</span>${keycaps(keys)}${also ? html`<span class="i3 t12">${t("keys.or")}</span>${keycaps(also)}` : nothing}</dd></div>`)}</dl>
    </section>`;
  }
}

customElements.define("desk-key-sheet", KeySheet);
