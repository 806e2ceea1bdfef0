/** Start of the agent desk. */
import { ready } from "../shared/boot.js";
import { openSession } from "../shared/session.js";

await Promise.all([ready, import("./app.js")]);
openSession();
