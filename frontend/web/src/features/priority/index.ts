export { PriorityTag } from "./PriorityTag";
export { PRIORITIES } from "./priorities";
export { PriorityField } from "./PriorityField";
