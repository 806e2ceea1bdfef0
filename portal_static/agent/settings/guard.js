/** Keeps what was written and not saved: a question before the screen is left, the browser's own before the page is. */
import { t } from "../../shared/i18n.js";
import { ask } from "../../shared/parts/ask.js";
import { router } from "../router.js";

/**
 * Watch over something until the returned function is called.
 * @param {() => {title: string, text: string, action: string} | null} loss what would be lost, null for nothing
 * @param {() => void} drop let it be lost
 */
export function guard(loss, drop) {
  let asking = false;
  /** @param {() => void} leave */
  const stay = (leave) => {
    const about = loss();
    if (!about) return false;
    if (!asking) {
      asking = true;
      ask({ ...about, danger: true }).then((sure) => {
        asking = false;
        if (!sure) return;
        drop();
        leave();
      });
    }
    return true;
  };
  const unload = (/** @type {BeforeUnloadEvent} */ event) => {
    if (loss()) event.preventDefault();
  };
  router.guard = stay;
  addEventListener("beforeunload", unload);
  return () => {
    if (router.guard === stay) router.guard = null;
    removeEventListener("beforeunload", unload);
  };
}

export const unsaved = () => ({ title: t("unsaved.title"), text: t("unsaved.text"), action: t("unsaved.action") });
