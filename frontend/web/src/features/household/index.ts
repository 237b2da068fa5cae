export { HouseholdTab } from "./HouseholdTab";
