/** Notices: what holds for whoever wishes nothing else. */
import { html } from "../../../shared/element.js";
import { defineSection } from "../section.js";
import "../notice-policy.js";

export default defineSection({ view: () => html`<notice-policy></notice-policy>` });
