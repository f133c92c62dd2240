// Every page works without this file. It opens and closes the menu on a small screen, shows a
// password, counts characters, stops a second press of a button, and moves to error summaries.
import { initAll } from "./built/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
