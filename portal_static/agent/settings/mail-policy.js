/** The mail policy: one record, so its form is the whole screen. */
import { policy } from "./kept.js";
import { fresh, policyFields } from "./mail-policy-fields.js";
import { OnlyRecord } from "./only-record.js";

class MailPolicy extends OnlyRecord {
  constructor() {
    super("arrival", "mail_policy", { records: policy, fresh, form: policyFields });
  }
}

customElements.define("mail-policy", MailPolicy);
