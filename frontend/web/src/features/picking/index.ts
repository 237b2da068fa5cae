/** Fields of forms by which something of the bank is chosen. */
export { BranchField } from "./BranchField";
export { CustomerField } from "./CustomerField";
export { StaffField } from "./StaffField";
