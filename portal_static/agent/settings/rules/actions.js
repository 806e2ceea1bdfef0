/** What a rule does: a macro's actions, whole macros, links, mail on the side, and telling a webhook or people. */
import { t } from "../../../shared/i18n.js";
import { actionsBody, actionsEditor } from "../form/actions.js";
import { select } from "../form/parts.js";
import { nameOf } from "../../../shared/format.js";
import { assignable } from "../../state/catalogue.js";
import { inUse, macros, webhooks } from "../kept.js";
import { link, linkBody } from "./link-action.js";
import { side, sideBody } from "./side-action.js";

/** @param {any} row */
const shared = (row) => row.visibility !== "personal";
const macroOptions = () => (macros.data || []).filter(shared).map((row) => ({ id: row.id, label: row.name }));
const hookOptions = () => inUse(webhooks).map((row) => ({ id: row.id, label: row.description || row.url }));

const toldOptions = () => [...["assignee", "team"].map((id) => ({ id, label: t(`rule.notify_${id}`) })), ...assignable().map((person) => ({ id: person.id, label: nameOf(person) }))];

/** @param {string} type @param {string} member @param {() => {id: string, label: string}[]} options */
const named = (type, member, options) => ({
  blank: () => ({ [member]: options()[0]?.id ?? "" }),
  control: (/** @type {import("../form.js").Form} */ form, /** @type {string} */ place) => select(form, `${place}.${member}`, { label: t(`macro.${type}`), options: options(), hint: options().length ? "" : t(`rule.no_${type}`) }),
});

const MORE = { macro: named("macro", "macro_id", macroOptions), link, side_conversation: side, webhook: named("webhook", "webhook_id", hookOptions), notify: named("notify", "to", toldOptions) };

/** @type {Record<string, (action: any) => any>} */
const BODIES = { link: linkBody, side_conversation: sideBody };

/** @param {import("../form.js").Form} form */
export const ruleActions = (form) => actionsEditor(form, { name: "then", nobody: true, label: t("settings.field.then"), hint: t("rule.actions_hint"), more: MORE });

/** As the API takes them. @param {any[]} actions */
export const ruleActionsBody = (actions) => actionsBody(actions).map((action) => BODIES[action.type]?.(action) ?? action);
