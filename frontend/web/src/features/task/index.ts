export { CustomerTasksTab } from "./CustomerTasksTab";
