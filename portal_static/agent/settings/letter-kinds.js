/** The kinds of mail that the desk writes, and what their templates may name. */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";

/** @typedef {{kind: string, needs: string[], has_subject: boolean, variables: {name: string, meaning: string}[]}} Kind */

/** @extends {Resource<Kind[]>} */
class Kinds extends Resource {
  open() {
    return this.load(async () => (await api.get("/mail-template-kinds")).data);
  }
}

export const letterKinds = new Kinds();

/** @param {string} kind */
export const variablesOf = (kind) => (letterKinds.data || []).find((each) => each.kind === kind)?.variables || [];
