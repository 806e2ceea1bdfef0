/** What a rule would have done in the days that have passed. */
import { t } from "../../../shared/i18n.js";
import { DraftTrial } from "../draft-trial.js";
import { outcome } from "./outcome.js";

class RuleTrial extends DraftTrial {
  get about() {
    const words = { text: t("rule.trial.text"), running: t("rule.trial.running"), stale: t("rule.trial.stale"), refused: t("rule.trial.refused") };
    return { path: "/simulations/rule", inside: /^#?\/rule\//, to: "/", words };
  }

  get asked() {
    return { id: this.form.value.row?.id ?? null, rule: { ...this.draft, name: this.draft.name?.trim() || t("settings.rules.new") } };
  }

  /** @param {import("./outcome.js").Answer} [answer] */
  outcome(answer) {
    return outcome(answer);
  }
}

customElements.define("rule-trial", RuleTrial);
