export { AccessByDay } from "./AccessByDay";
export { AccessLogPage } from "./AccessLogPage";
export { AccessLogTab } from "./AccessLogTab";
export { LatestDenials } from "./LatestDenials";
export { OpenAccessAlerts } from "./OpenAccessAlerts";
