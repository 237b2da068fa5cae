export { AssignManagerButton } from "./AssignManagerButton";
export { CustomerPage } from "./CustomerPage";
export { CustomersPage } from "./CustomersPage";
