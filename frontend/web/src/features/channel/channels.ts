import type { Channel } from "@/graph/generated/graphql";

/** Ways in which bank and customer are in touch, the commonest first. */
export const CHANNELS: readonly Channel[] = ["PHONE", "COUNTER", "VISIT", "MESSAGE", "MOBILE", "WEB", "MAIL"];
