export { AlertsPage } from "./AlertsPage";
export { NewAlerts } from "./NewAlerts";
