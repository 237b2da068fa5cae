export { TransactionsTab } from "./TransactionsTab";
