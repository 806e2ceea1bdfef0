/** Keeps the desk fresh: what the feed says has changed is fetched again, a moment later and all at once. */
import { Feed } from "../../shared/feed.js";
import { conversation, refreshConversation } from "./conversation.js";
import { freshen } from "./list.js";
import { recountNotices } from "./notices.js";
import { recount } from "./views.js";

const GATHER = 120; // ms in which several events become one refresh

/** @type {Set<string>} */
const changed = new Set();
let timer = 0;

export const feed = new Feed((events) => {
  for (const event of events) {
    if (event.subject.kind === "ticket") changed.add(event.subject.id);
    else document.dispatchEvent(new CustomEvent("desk-set", { detail: event.subject.kind }));
  }
  clearTimeout(timer);
  timer = window.setTimeout(refresh, GATHER);
});

async function refresh() {
  const ids = new Set(changed);
  changed.clear();
  if (!ids.size) return;
  recount();
  recountNotices();
  const open = conversation.data?.id;
  if (open && ids.has(open)) await refreshConversation();
  await freshen(ids).catch(() => {});
}
