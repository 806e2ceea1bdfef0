/** The mail policy: how the desk decides about mail that comes in. */
import { html } from "../../../shared/element.js";
import { policy } from "../kept.js";
import { defineSection } from "../section.js";
import "../mail-policy.js";

export default defineSection({ records: policy, view: () => html`<mail-policy></mail-policy>` });
