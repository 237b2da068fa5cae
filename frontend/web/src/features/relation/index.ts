export { RelationsTab } from "./RelationsTab";
