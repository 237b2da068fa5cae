/** The door to the graph: documents, fragments, queries, commands. */
export { graphql, readFragment } from "./generated";
export type { FragmentType } from "./generated";
export { useCommand, type CommandProblem, type Outcome, type PayloadOf } from "./useCommand";
export { usePage } from "./usePage";
export { type Failure, failureOf, isPassing } from "./failure";
export { useLive, useLiveState } from "./LiveContext";
