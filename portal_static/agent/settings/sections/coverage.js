/** Who is on: shifts, leaves, and what nobody covers. */
import { html } from "../../../shared/element.js";
import { defineSection } from "../section.js";
import "../coverage/week.js";

export default defineSection({ view: () => html`<coverage-week></coverage-week>` });
