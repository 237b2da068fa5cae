export { TierTag } from "./TierTag";
