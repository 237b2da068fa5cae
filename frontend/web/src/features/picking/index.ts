/** Fields of forms and filters of lists by which something of the bank is chosen. */
export { BranchField } from "./BranchField";
export { BranchFilter } from "./BranchFilter";
export { CustomerFilter } from "./CustomerFilter";
export { CustomerField } from "./CustomerField";
export { StaffField } from "./StaffField";
export { StaffFilter } from "./StaffFilter";
export { useCustomerName } from "./useCustomerName";
