/** All of search in the list pane, fetched when somebody first looks for something. */
import "./field.js";
import "./facets.js";
import "./others.js";
