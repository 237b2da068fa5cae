import { createContext, use } from "react";
import type { BranchLevel } from "@/graph/generated/graphql";

export type Reach = "OWN" | "BRANCH" | "SUBTREE" | "BANK";

/** Who is reading, and what they may do where. */
export interface Viewer {
  username: string;
  roles: readonly string[];
  staff: { id: string; name: string; branch: { id: string; name: string; level: BranchLevel } | null } | null;
  permissions: ReadonlyMap<string, Reach>;
  /** Figures about fewer rows are left out for them: what is absent is not nothing. 1 where all are shown. */
  smallestCell: number;
}

export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("useViewer is for what is below a session");
  return viewer;
}

/** What stands for a figure that was not told: nothing there, or unknown to a reader from whom small figures are kept. */
export function useAbsent<Zero>(zero: Zero): Zero | null {
  return useViewer().smallestCell > 1 ? null : zero;
}

/** How far a permission reaches; null where the reader has none. It hides a button; the server decides. */
export function usePermission(permission: string): Reach | null {
  return useViewer().permissions.get(permission) ?? null;
}
