import "./bar.js";
import "./dialog.js";
import "./faults.js";
