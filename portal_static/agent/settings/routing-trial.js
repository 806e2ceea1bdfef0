/** Who would have had the tickets of the days that have passed, had they been given out as a form says. */
import { t } from "../../shared/i18n.js";
import { DraftTrial } from "./draft-trial.js";
import { outcome } from "./routing-outcome.js";

class RoutingTrial extends DraftTrial {
  get about() {
    const words = { text: t("routing.trial.text"), running: t("routing.trial.running"), stale: t("sla.trial.stale"), refused: t("sla.trial.refused") };
    return { path: "/simulations/routing", inside: /^#?\/(organisation\/|(?=routing\/))/, to: "/", words };
  }

  /** @param {import("./routing-outcome.js").Answer} [answer] */
  outcome(answer) {
    return outcome(answer);
  }
}

customElements.define("routing-trial", RoutingTrial);
