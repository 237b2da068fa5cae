export { ChannelField } from "./ChannelField";
export { CHANNELS } from "./channels";
