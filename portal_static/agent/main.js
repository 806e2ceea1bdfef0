/** Start of the agent desk. */
import { ready } from "../shared/boot.js";
import { openSession } from "../shared/session.js";

openSession();
await ready; // nothing is drawn without words
await import("./app.js");
