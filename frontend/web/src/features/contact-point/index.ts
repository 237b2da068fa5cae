export { ContactPoints } from "./ContactPoints";
