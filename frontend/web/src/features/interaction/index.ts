export { InteractionsTab } from "./InteractionsTab";
