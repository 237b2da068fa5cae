import type { BranchLevel } from "@/graph/generated/graphql";

const LEVELS: readonly BranchLevel[] = ["HEAD_OFFICE", "BRANCH", "SUB_BRANCH", "OUTLET"];

/** The levels below a branch, the next one first; outlets where it is not known. */
export function levelsBelow(level: BranchLevel | undefined): readonly [BranchLevel, ...BranchLevel[]] {
  const [next = "OUTLET", ...rest] = level ? LEVELS.slice(LEVELS.indexOf(level) + 1) : [];
  return [next, ...rest];
}
