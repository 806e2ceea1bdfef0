/** Start of the customers' portal. */
import { ready } from "../shared/boot.js";
import { openSession } from "../shared/session.js";
import { here } from "./router.js";

openSession("/portal", here().screen === "link");
await ready; // nothing is drawn without words
await import("./app.js");
