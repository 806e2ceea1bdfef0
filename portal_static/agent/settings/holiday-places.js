/** The countries whose public holidays are known, and their parts. */
import { api } from "../../shared/api.js";
import { Resource } from "../../shared/resource.js";

/** @extends {Resource<{country: string, parts: string[]}[]>} */
class HolidayPlaces extends Resource {
  open() {
    return this.load(async () => (await api.get("/holiday-places")).data);
  }
}

export const holidayPlaces = new HolidayPlaces();
