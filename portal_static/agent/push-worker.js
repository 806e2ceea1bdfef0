/** Shows what the desk pushes to this browser, and opens what it is about. A later message of the same tag takes the place of the first. */
const worker = /** @type {any} */ (self);

worker.addEventListener("push", (/** @type {any} */ event) => {
  const { title = "Lambdesk", body = "", tag = "", url = "/agent/notices" } = event.data?.json() || {};
  event.waitUntil(worker.registration.showNotification(title, { body, tag, data: { url }, icon: "/shared/mark.svg" }));
});

worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, worker.location.origin).href));
});

/** In a window of the desk if there is one. @param {string} address */
async function open(address) {
  const [first] = await worker.clients.matchAll({ type: "window" });
  if (!first) return worker.clients.openWindow(address);
  await first.focus();
  return first.navigate(address);
}
