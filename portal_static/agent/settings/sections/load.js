/** Load: what a ticket of each channel weighs, and how much a colleague takes. */
import { html } from "../../../shared/element.js";
import { organisation } from "../kept.js";
import "../load-setting.js";
import { defineSection } from "../section.js";

export default defineSection({ records: organisation, view: () => html`<load-setting></load-setting>` });
