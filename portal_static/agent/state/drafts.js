/** What was written and not sent, per ticket, in this browser. */

const PREFIX = "lambdesk.draft.";

/** @typedef {{reply: string, note: string, at: number}} Draft HTML and time in ms */

/** @param {string} id @returns {Draft} */
export function draftOf(id) {
  try {
    return { reply: "", note: "", at: 0, ...JSON.parse(localStorage.getItem(PREFIX + id) || "{}") };
  } catch {
    return { reply: "", note: "", at: 0 };
  }
}

/** @param {string} id @param {"reply" | "note"} kind @param {string} html "" forgets it */
export function keepDraft(id, kind, html) {
  const draft = { ...draftOf(id), [kind]: html, at: Date.now() };
  if (draft.reply || draft.note) localStorage.setItem(PREFIX + id, JSON.stringify(draft));
  else localStorage.removeItem(PREFIX + id);
  return draft;
}
