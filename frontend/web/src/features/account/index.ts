export { AccountsTab } from "./AccountsTab";
