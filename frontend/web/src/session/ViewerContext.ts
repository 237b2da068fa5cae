import { createContext, use } from "react";
import type { BranchLevel } from "@/graph/generated/graphql";

export type Reach = "OWN" | "BRANCH" | "SUBTREE" | "BANK";

/** Who is reading, and what they may do where. */
export interface Viewer {
  username: string;
  roles: readonly string[];
  staff: { id: string; name: string; branch: { id: string; name: string; level: BranchLevel } | null } | null;
  permissions: ReadonlyMap<string, Reach>;
}

export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("useViewer is for what is below a session");
  return viewer;
}

/** How far a permission reaches; null where the reader has none. It hides a button; the server decides. */
export function usePermission(permission: string): Reach | null {
  return useViewer().permissions.get(permission) ?? null;
}
