export { AccessLogPage } from "./AccessLogPage";
export { AccessLogTab } from "./AccessLogTab";
