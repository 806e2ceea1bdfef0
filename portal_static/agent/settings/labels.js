/** What things of the settings are called: in the reader's language where nobody has given them another name. */
import { t } from "../../shared/i18n.js";
import { inUse } from "./kept.js";

/** @type {Record<string, string>} */
const PRIORITIES = { low: "Low", normal: "Normal", high: "High", urgent: "Urgent" };

/** @param {any} priority */
export const priorityLabel = ({ id, label }) => (PRIORITIES[id] === label ? t(`priority.${id}`) : label);

/** @param {import("./records.js").Records} records @param {(row: any) => string} [name] @returns {{id: string, label: string}[]} */
export const optionsOf = (records, name = (row) => row.label || row.name) => inUse(records).map((row) => ({ id: row.id, label: name(row) }));

/** The same without one of them. @param {import("./records.js").Records} records @param {string} id @param {(row: any) => string} [name] */
export const othersOf = (records, id, name) => optionsOf(records, name).filter((option) => option.id !== id);
