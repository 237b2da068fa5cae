export { type Destination, destinations } from "./destinations";
export { Shell } from "./Shell";
