export { CustomerTicketsTab } from "./CustomerTicketsTab";
