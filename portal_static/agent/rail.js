/** The rail at the start edge: where to go, and who is signed in. */
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { icon, mark } from "../shared/parts/icons.js";
import { avatar } from "../shared/parts/people.js";
import { nameOf, number } from "../shared/format.js";
import { may, session } from "../shared/session.js";
import { here, hrefOf, router } from "./router.js";
import { openable } from "./settings/registry.js";
import { ownAvailability } from "./state/availability.js";
import { catalogue } from "./state/catalogue.js";
import { unread } from "./state/notices.js";
import { openDialog } from "./state/ui.js";

/** How many notices are unread, as a badge has room for. */
export const unreadText = () => (unread.value.unread > 99 || unread.value.more ? "99+" : number(unread.value.unread));

const noticesLabel = () => (unread.value.unread ? t("notice.bell", { n: unread.value.unread }) : t("notice.title"));

/** The screens that this person may open. */
export function screens() {
  const all = [{ id: "tickets", icon: "inbox", label: t("nav.inbox"), href: hrefOf("open") }];
  all.push({ id: "notices", icon: "bell", label: t("notice.title"), href: router.href("/notices") });
  if (may("mail:read")) all.push({ id: "quarantine", icon: "shield", label: t("nav.quarantine"), href: router.href("/mail/quarantine") });
  if (may("tickets:read")) all.push({ id: "numbers", icon: "chart", label: t("nav.numbers"), href: router.href("/numbers") });
  if (openable().length) all.push({ id: "settings", icon: "sliders", label: t("settings.title"), href: router.href("/settings") });
  return all;
}

class Rail extends Component {
  constructor() {
    super();
    this.watches(router, session, unread, catalogue);
  }

  render() {
    const { screen } = here();
    const name = nameOf(session.value.me);
    const { state } = ownAvailability();
    return html`<nav class="rail" aria-label=${t("nav.label")}>
      <a class="rail-mark" href=${hrefOf("open")} aria-label="Lambdesk">${mark(28)}</a>
      ${screens().map(
        (each) => html`<a class="rail-button" href=${each.href} title=${each.label} aria-label=${each.id === "notices" ? noticesLabel() : each.label}
          aria-current=${each.id === screen ? "page" : "false"}>${icon(each.icon, 20)}${each.id === "notices" && unread.value.unread ? html`<span class="rail-count num" aria-hidden="true">${unreadText()}</span>` : nothing}</a>`,
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
