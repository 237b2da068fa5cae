export { AlertsPage } from "./AlertsPage";
export { NewAlerts } from "./NewAlerts";
export { Occasions } from "./Occasions";
