/** What was missed while the server could not be reached is made good as soon as it answers again. */
import { connection } from "../../shared/connection.js";
import { here } from "../router.js";
import { conversation, openTicket } from "./conversation.js";
import { list, openView } from "./list.js";
import { resend } from "./outbox.js";
import { refreshRequester, requester } from "./requester.js";
import { loadViews, views } from "./views.js";

/** Watch for the return; gives what ends it. */
export function onReturn() {
  let away = !connection.value.online;
  return connection.watch(({ online }) => {
    if (online && away) catchUp();
    away = !online;
  });
}

function catchUp() {
  resend();
  if (conversation.value.state === "failed" && here().ticket) openTicket(here().ticket);
  if (list.value.state === "failed") openView(list.value.view);
  if (views.value.state === "failed") loadViews();
  if (requester.value.state === "failed") refreshRequester();
}
