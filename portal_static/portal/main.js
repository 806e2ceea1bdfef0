/** Start of the customers' portal. */
import { ready } from "../shared/boot.js";
import { openSession } from "../shared/session.js";
import { here } from "./router.js";

await Promise.all([ready, import("./app.js")]);
openSession("/portal", here().screen === "link");
