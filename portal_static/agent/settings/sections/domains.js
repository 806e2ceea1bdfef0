/** The mailboxes' domains: what the DNS has to say, and what SES has seen of it. */
import { html } from "../../../shared/element.js";
import { defineSection } from "../section.js";
import "../mail-domains.js";

export default defineSection({ view: () => html`<mail-domains></mail-domains>` });
