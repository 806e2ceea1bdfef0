/** Addresses that get no mail from us: why, since when, and the way to let mail go there again. */
import { html, nothing } from "../../../shared/element.js";
import { exact, moment } from "../../../shared/format.js";
import { t } from "../../../shared/i18n.js";
import { ask } from "../../../shared/parts/ask.js";
import { icon } from "../../../shared/parts/icons.js";
import { say } from "../../../shared/parts/toast.js";
import { may } from "../../../shared/session.js";
import { router } from "../../router.js";
import { longText, text } from "../form/parts.js";
import { suppressions } from "../kept.js";
import { pathTo } from "../place.js";
import { card } from "../previews.js";
import { defineSection } from "../section.js";

/** @param {any} row */
async function release(row) {
  const leave = () => router.go(pathTo("suppressions"), { replace: true });
  const about = { title: t("suppression.release.title", { address: row.address }), text: t(`suppression.release.${row.reason}`), action: t("suppression.release") };
  if (await ask({ ...about, run: () => suppressions.remove({ ...row, version: undefined }, leave) })) say({ text: t("suppression.released", { address: row.address }) });
}

export default defineSection({
  records: suppressions,
  kept: true,
  line: (row) => ({ title: row.address, lead: html`<span class=${row.reason === "manual" ? "i3" : "c-red"}>${icon(row.reason === "manual" ? "x" : "alert", 14)}</span>`, text: row.detail, tag: t(`suppression.reason.${row.reason}`) }),
  fresh: (query) => ({ address: query.get("address") || "", detail: "" }),
  fixed: () => t("settings.suppressions.fixed"),
  form: (form) => html`
    ${text(form, "address", { label: t("settings.field.address"), required: true, type: "email", most: 254 })}
    ${longText(form, "detail", { label: t("settings.suppressions.detail"), optional: form.isNew, rows: 2, most: 500 })}`,
  acts: (row) => (may("settings:write") ? html`<button class="btn second" @click=${() => release(row)}>${icon("undo", 14)}${t("suppression.release")}</button>` : nothing),
  aside: (form) => {
    const { row } = form.value;
    if (!row) return html`<p class="i3">${t("settings.suppressions.about")}</p>`;
    return card(t(`suppression.reason.${row.reason}`), html`<p>${t(`suppression.why.${row.reason}`)}</p><p class="i3"><time datetime=${row.at} title=${exact(row.at)}>${t("suppression.since", { time: moment(row.at) })}</time></p>`);
  },
});
