/** Why somebody may see a ticket, or why not. */
import { html } from "../../../shared/element.js";
import { defineSection } from "../section.js";
import "../access.js";

export default defineSection({ view: () => html`<settings-access></settings-access>` });
