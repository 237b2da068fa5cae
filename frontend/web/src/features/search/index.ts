export { GlobalSearch } from "./GlobalSearch";
