/** The types of events that programs can be told of, by what they are about. */
import { api } from "../../shared/api.js";
import { hasText, t } from "../../shared/i18n.js";
import { Resource } from "../../shared/resource.js";

/** @extends {Resource<{type: string, description: string, scopes: string[]}[]>} */
class EventTypes extends Resource {
  open() {
    return this.load(async () => (await api.get("/event-types")).data);
  }
}

export const eventTypes = new EventTypes();

/** To choose from; those that customers may not know of cannot be chosen for them. @param {string} scope @param {string[]} chosen */
export function eventGroups(scope, chosen) {
  const all = (eventTypes.data || []).filter(({ type }) => type !== "webhook.test");
  const subjects = [...new Set(all.map(({ type }) => type.split(".")[0]))];
  return subjects.map((subject) => ({
    label: hasText(`events.${subject}`) ? t(`events.${subject}`) : subject,
    options: all.filter(({ type }) => type.split(".")[0] === subject).map(({ type, description, scopes }) => {
      const off = scope === "customer" && !scopes.includes("customer");
      return { id: type, label: type, hint: off ? t("settings.webhooks.internal_only") : description.replaceAll("`", ""), disabled: off && !chosen.includes(type) };
    }),
  }));
}
