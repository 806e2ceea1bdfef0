/** Head of every portal page: whose help this is, the language, who is signed in. */
import { Component, html, nothing } from "../shared/element.js";
import { firstName, nameOf } from "../shared/format.js";
import { locale, LOCALES, t } from "../shared/i18n.js";
import { icon, mark } from "../shared/parts/icons.js";
import { openMenu } from "../shared/parts/menu.js";
import { avatar } from "../shared/parts/people.js";
import { prefer, prefs } from "../shared/prefs.js";
import { session, signOut } from "../shared/session.js";
import { brand } from "./brand.js";
import { here, router } from "./router.js";

class PortalHeader extends Component {
  constructor() {
    super();
    this.watches(session, router, prefs, brand);
  }

  render() {
    const { me, state } = session.value;
    const inside = state === "in";
    return html`<header class="portal-top">
      <a class="portal-brand" href=${router.href("/")}>${mark(28)}<span class="w6 cut" dir="auto">${me?.org?.name || brand.value.name}</span><span class="i3">${t("portal.help")}</span></a>
      <span class="grow"></span>
      ${inside ? html`<a class="portal-nav" href=${router.href("/")} aria-current=${here().screen === "tickets" ? "page" : "false"}>${t("portal.my_tickets")}</a>` : nothing}
      <button class="portal-nav row g6" aria-haspopup="menu" aria-expanded="false" @click=${chooseLanguage}>
        ${icon("globe")}<span class="said">${t("me.language")}: ${t(`me.language.${locale()}`)}</span><span class="language-name" aria-hidden="true">${t(`me.language.${locale()}`)}</span>${icon("down", 12)}
      </button>
      ${inside ? this.person(me) : nothing}
    </header>`;
  }

  /** @param {any} me */
  person(me) {
    return html`<button class="portal-me" aria-haspopup="menu" aria-expanded="false" @click=${openAccount}>
      ${avatar(nameOf(me), 28)}<span class="said">${t("portal.account", { name: nameOf(me) })}</span><span class="cut account-name" dir="auto" aria-hidden="true">${firstName(nameOf(me))}</span>
    </button>`;
  }
}

/** @param {Event} event */
function chooseLanguage(event) {
  const items = LOCALES.map((name) => ({
    label: t(`me.language.${name}`),
    checked: name === locale(),
    run: () => {
      prefer({ language: name });
      location.reload();
    },
  }));
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("me.language"), items });
}

/** @param {Event} event */
function openAccount(event) {
  const themes = /** @type {("system" | "light" | "dark")[]} */ (["system", "light", "dark"]);
  const items = [
    ...themes.map((theme, at) => ({ label: t(`me.theme.${theme}`), checked: theme === prefs.value.theme, head: at ? undefined : t("me.theme"), run: () => prefer({ theme }) })),
    { label: t("me.sign_out"), line: true, icon: icon("right"), run: signOut },
  ];
  openMenu(/** @type {HTMLElement} */ (event.currentTarget), { label: t("me.title"), items });
}

customElements.define("portal-header", PortalHeader);
