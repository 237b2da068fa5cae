import type { Priority } from "@/graph/generated/graphql";

/** The most urgent first. */
export const PRIORITIES: readonly Priority[] = ["URGENT", "HIGH", "NORMAL", "LOW"];
