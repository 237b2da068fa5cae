import type { CommandProblem } from "@/graph";

/** Whether a command was refused because somebody has seen to the alert, or stopped it, meanwhile. */
export function isClosedAlready({ __typename: type, path }: CommandProblem): boolean {
  return type === "InvalidInput" && path.at(-1) === "id";
}
