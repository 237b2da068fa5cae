export { InteractionsTab } from "./InteractionsTab";
export { LogInteractionButton } from "./LogInteractionButton";
