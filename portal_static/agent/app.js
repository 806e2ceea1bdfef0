/** The door of the desk: signing in, or the desk itself. */
import { Component, html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { failure } from "../shared/parts/states.js";
import { session } from "../shared/session.js";
import { router } from "./router.js";
import "./shell.js";
import "./sign-in/sign-in.js";

class DeskApp extends Component {
  constructor() {
    super();
    this.watches(session);
  }

  render() {
    const { state, me, error } = session.value;
    if (state === "in" && me?.role) return router.parts[0] === "authorize" ? this.authorize() : html`<desk-shell></desk-shell>`;
    if (state === "out" || me) return html`<desk-sign-in></desk-sign-in>`;
    if (state === "failed") {
      return html`<main class="whole">${failure(error, t("app.failed"), () => location.reload())}</main>`;
    }
    return nothing;
  }

  /** The question of another program, fetched when one asks. */
  authorize() {
    import("./authorize.js").catch((error) => session.set({ ...session.value, state: "failed", error }));
    return html`<desk-authorize></desk-authorize>`;
  }
}

customElements.define("desk-app", DeskApp);
