export { CustomerTicketsTab } from "./CustomerTicketsTab";
export { NewTicketButton } from "./NewTicketButton";
export { TicketsPage } from "./TicketsPage";
