/** What a section of the settings is made of. Everything else (list, editor, states, guards) is drawn from this. */
import { may } from "../../shared/session.js";

/** @typedef {import("./records.js").Row} Row */
/** @typedef {import("./form.js").Form} Form */

/**
 * How a row of the list looks.
 * @typedef {object} Line
 * @property {string} title
 * @property {any} [lead] before the title: an icon, an avatar, a colour
 * @property {string} [text] the line below
 * @property {string} [tag] a word at the end
 * @property {number} [level] how deep it stands in a tree
 */

/**
 * Texts come from the catalogue: `settings.<id>` (title), `.about`, `.new`, `.empty`, and `settings.field.*`.
 * @typedef {object} Section
 * @property {import("./records.js").Records} [records]
 * @property {string | string[]} [write] permissions to change them
 * @property {boolean} [ordered] they have an order, kept by PUT <path>/order
 * @property {boolean} [kept] they cannot be removed
 * @property {{path: string, invites?: boolean}} [imports] they also come from a file: where it is taken, and whether it invites
 * @property {(row: Row) => Line} [line]
 * @property {(query: URLSearchParams) => Record<string, any>} [fresh] the values of a new one; its names are the fields
 * @property {(form: Form) => any} [form] the fields, in their order
 * @property {(form: Form) => any} [aside] preview and facts beside the form
 * @property {(row: Row) => any} [acts] more buttons in the head of the editor
 * @property {(row: Row) => string} [fixed] why this row cannot be changed, "" when it can
 * @property {(values: Record<string, any>, form: Form) => Record<string, any>} [body] as the API takes it
 * @property {(row: Row) => any} [made] after one was made; true when it says so itself
 * @property {() => {title: string, text: string, action: string} | null} [holds] what is lost when the editor is left
 * @property {(id: string) => any} [left] the editor of a record was left
 * @property {(row: Row) => string} [loss] what is lost with it, in a sentence
 * @property {(row: Row) => {id: string, label: string}[]} [replacing] what can take its place where it is in use
 * @property {boolean} [replaced] something always has to take its place
 * @property {(ids: string[], id: string, step: number) => number} [step] where the arrow keys take a row
 * @property {(error: any) => string} [refused] why it could not be removed; "" for the server's own words
 * @property {(row: Row) => Record<string, any>} [again] the body that makes a removed one anew
 * @property {(row: Row) => Record<string, any>} [revive] the change that brings back one that was only taken out of use
 * @property {any[]} [watch] stores that the screen also follows
 * @property {() => any} [view] in place of list and editor
 */

/** @param {Section} section */
export const defineSection = (section) => section;

/** May this person change them? @param {Section} section */
export const mayWrite = ({ write = "settings:write" }) => [write].flat().every(may);

/** @param {Section} section @param {Row} row */
export const titleOf = (section, row) => section.line?.(row).title || row.name || row.label || row.id;
