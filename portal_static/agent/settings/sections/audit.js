/** Who did what, newest first. */
import { html } from "../../../shared/element.js";
import { defineSection } from "../section.js";
import "../audit.js";

export default defineSection({ view: () => html`<settings-audit></settings-audit>` });
