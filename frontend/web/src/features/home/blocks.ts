import { type ComponentType, lazy } from "react";
import type { Reach, Viewer } from "@/session/ViewerContext";

export type BlockKey =
  | "numbers"
  | "accessAlerts"
  | "tasks"
  | "alerts"
  | "occasions"
  | "news"
  | "outlets"
  | "team"
  | "tickets"
  | "tiers"
  | "unassigned"
  | "access"
  | "denials"
  | "board";

export interface Block {
  key: BlockKey;
  /** All the permissions that it needs, with how far each has to reach; without a word any reach will do. */
  needs: readonly { permission: string; reaches?: readonly Reach[] }[];
  /** At least one of these. */
  anyOf?: readonly string[];
  /** It is about the reader's own work as a member of staff. */
  ofStaff?: boolean;
  /** It takes the whole width. */
  isWide?: boolean;
  /** It is as high as two others. */
  isTall?: boolean;
  Part: ComponentType;
}

const BRANCH_AND_MORE: readonly Reach[] = ["BRANCH", "SUBTREE", "BANK"];
const SEVERAL_BRANCHES: readonly Reach[] = ["SUBTREE", "BANK"];

/** What the home page is made of, in this order. Each is a file and a document of its own. */
export const BLOCKS: readonly Block[] = [
  {
    key: "numbers",
    needs: [],
    anyOf: ["customer.aum:read", "task:complete", "ticket:read", "alert:handle"],
    isWide: true,
    Part: lazy(async () => ({ default: (await import("./Numbers")).Numbers })),
  },
  {
    key: "accessAlerts",
    needs: [{ permission: "access_alert:read" }],
    Part: lazy(async () => ({ default: (await import("@/features/access-log")).OpenAccessAlerts })),
  },
  {
    key: "tasks",
    needs: [{ permission: "task:complete" }],
    ofStaff: true,
    Part: lazy(async () => ({ default: (await import("./MyTasks")).MyTasks })),
  },
  {
    key: "alerts",
    needs: [{ permission: "alert:handle" }],
    ofStaff: true,
    Part: lazy(async () => ({ default: (await import("@/features/alert")).NewAlerts })),
  },
  {
    key: "occasions",
    needs: [{ permission: "alert:handle" }, { permission: "customer:read", reaches: ["OWN"] }],
    ofStaff: true,
    Part: lazy(async () => ({ default: (await import("@/features/alert")).Occasions })),
  },
  {
    key: "news",
    needs: [{ permission: "customer:read", reaches: ["OWN", "BRANCH"] }],
    isTall: true,
    Part: lazy(async () => ({ default: (await import("./CustomerNews")).CustomerNews })),
  },
  {
    key: "outlets",
    needs: [
      { permission: "customer:read", reaches: SEVERAL_BRANCHES },
      { permission: "customer.aum:read", reaches: SEVERAL_BRANCHES },
    ],
    isWide: true,
    Part: lazy(async () => ({ default: (await import("./Outlets")).Outlets })),
  },
  {
    key: "team",
    needs: [{ permission: "customer:assign_manager", reaches: ["BRANCH"] }],
    isWide: true,
    Part: lazy(async () => ({ default: (await import("./Team")).Team })),
  },
  {
    key: "tickets",
    needs: [{ permission: "ticket:read", reaches: BRANCH_AND_MORE }],
    Part: lazy(async () => ({ default: (await import("./TicketCharts")).TicketCharts })),
  },
  {
    key: "tiers",
    needs: [{ permission: "customer_tier:read" }, { permission: "tier:read" }],
    Part: lazy(async () => ({ default: (await import("./TierPyramid")).TierPyramid })),
  },
  {
    key: "unassigned",
    needs: [{ permission: "customer:assign_manager" }],
    Part: lazy(async () => ({ default: (await import("./Unassigned")).Unassigned })),
  },
  {
    key: "access",
    needs: [{ permission: "access_log:read", reaches: ["BANK"] }],
    isWide: true,
    Part: lazy(async () => ({ default: (await import("@/features/access-log")).AccessByDay })),
  },
  {
    key: "denials",
    needs: [{ permission: "access_log:read", reaches: ["BANK"] }],
    Part: lazy(async () => ({ default: (await import("@/features/access-log")).LatestDenials })),
  },
  {
    key: "board",
    needs: [{ permission: "announcement:read" }],
    Part: lazy(async () => ({ default: (await import("./Board")).Board })),
  },
];

/** The blocks that a reader's permissions are enough for. */
export function blocksFor(viewer: Pick<Viewer, "permissions" | "staff">, blocks = BLOCKS): readonly Block[] {
  return blocks.filter(
    ({ needs, anyOf, ofStaff }) =>
      (!ofStaff || viewer.staff !== null) &&
      (!anyOf || anyOf.some((permission) => viewer.permissions.has(permission))) &&
      needs.every(({ permission, reaches }) => {
        const reach = viewer.permissions.get(permission);
        return reach !== undefined && (!reaches || reaches.includes(reach));
      }),
  );
}
