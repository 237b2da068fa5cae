/**
 * The web application as its readers meet it: a relationship manager, a regional manager, an auditor, and an administrator,
 * who may see no customer. What the journeys need to know of the running product: web/house.js.
 */

import "./web/journeys/sign-in.js";
import "./web/journeys/home.js";
import "./web/journeys/list.js";
import "./web/journeys/search.js";
import "./web/journeys/states.js";
import "./web/journeys/customer.js";
import "./web/journeys/work.js";
import "./web/journeys/live.js";
import "./web/journeys/appearance.js";
import "./web/journeys/accessibility.js";
import "./web/journeys/pictures.js";
