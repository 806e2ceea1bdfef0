/** Start of the customers' portal. */
import { ready } from "../shared/boot.js";
import { openSession } from "../shared/session.js";
import { loadBrand } from "./brand.js";
import { here } from "./router.js";

void loadBrand();
openSession("/portal", here().screen === "link");
await ready; // nothing is drawn without words
await import("./app.js");
