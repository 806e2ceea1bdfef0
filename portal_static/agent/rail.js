/** The rail at the start edge: where to go, and who is signed in. */
import { Component, html } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { icon, mark } from "../shared/parts/icons.js";
import { avatar } from "../shared/parts/people.js";
import { nameOf } from "../shared/format.js";
import { may, session } from "../shared/session.js";
import { here, hrefOf, router } from "./router.js";
import { openable } from "./settings/registry.js";
import { ownAvailability } from "./state/availability.js";
import { catalogue } from "./state/catalogue.js";
import { openDialog } from "./state/ui.js";

/** The screens that this person may open. */
export function screens() {
  const all = [{ id: "tickets", icon: "inbox", label: t("nav.inbox"), href: hrefOf("open") }];
  if (may("mail:read")) all.push({ id: "quarantine", icon: "shield", label: t("nav.quarantine"), href: router.href("/mail/quarantine") });
  if (openable().length) all.push({ id: "settings", icon: "sliders", label: t("settings.title"), href: router.href("/settings") });
  return all;
}

class Rail extends Component {
  constructor() {
    super();
    this.watches(router, session, catalogue);
  }

  render() {
    const { screen } = here();
    const name = nameOf(session.value.me);
    const { state } = ownAvailability();
    return html`<nav class="rail" aria-label=${t("nav.label")}>
      <a class="rail-mark" href=${hrefOf("open")} aria-label="Lambdesk">${mark(28)}</a>
      ${screens().map(
        (each) => html`<a class="rail-button" href=${each.href} title=${each.label} aria-label=${each.label}
          aria-current=${each.id === screen ? "page" : "false"}>${icon(each.icon, 20)}</a>`,
      )}
      <span class="grow"></span>
      <button class="rail-button" title=${t("command.palette")} aria-label=${t("command.palette")} @click=${() => openDialog("palette")}>
        ${icon("search", 20)}
      </button>
      <a class="rail-me" href=${router.href("/me")} title=${name} aria-current=${screen === "me" ? "page" : "false"}>
        ${avatar(name, 28)}<i class="presence" data-state=${state}></i><span class="said">${name}, ${t(`available.${state}`)}, ${t("me.title")}</span>
      </a>
    </nav>`;
  }
}

customElements.define("desk-rail", Rail);
