/** First script of every page: choices that must hold before anything is drawn, then the texts. */
import { pickLocale, useLocale } from "./i18n.js";
import { applyPrefs, prefs } from "./prefs.js";

applyPrefs();

/** Resolves when texts are there. */
export const ready = useLocale(pickLocale(prefs.value.language));
