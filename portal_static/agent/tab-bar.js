/** The bar at the bottom of a phone. */
import { Component, html, nothing } from "../shared/element.js";
import { number } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/parts/icons.js";
import { screens, unreadText } from "./rail.js";
import { here, router } from "./router.js";
import { unread } from "./state/notices.js";
import { viewOf, views } from "./state/views.js";

class TabBar extends Component {
  constructor() {
    super();
    this.watches(router, views, unread);
  }

  render() {
    const { screen, ticket } = here();
    if (ticket) return nothing;
    const mine = viewOf("mine")?.count || 0;
    const tabs = [...screens(), { id: "me", icon: "user", label: t("nav.me"), href: router.href("/me") }];
    return html`<nav class="tab-bar" aria-label=${t("nav.label")}>
      ${tabs.map(
        (tab) => html`<a href=${tab.href} aria-current=${tab.id === screen ? "page" : "false"}>
          ${icon(tab.icon, 24)}<span>${tab.label}</span>
          ${tab.id === "tickets" && mine ? html`<span class="tab-count num" aria-label=${t("nav.mine", { n: mine })}>${number(mine)}</span>` : nothing}
          ${tab.id === "notices" && unread.value.unread ? html`<span class="tab-count num" aria-label=${t("notice.bell", { n: unread.value.unread })}>${unreadText()}</span>` : nothing}
        </a>`,
      )}
    </nav>`;
  }
}

customElements.define("desk-tab-bar", TabBar);
