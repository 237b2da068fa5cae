import { AlertOutlined, AuditOutlined, CheckSquareOutlined, FileTextOutlined, HomeOutlined, TeamOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Reach } from "@/session/ViewerContext";

export interface Destination {
  path: string;
  name: "home" | "customers" | "tasks" | "tickets" | "alerts" | "accessLog";
  icon: ReactNode;
  /** Pressed after g. */
  key: string;
  permission?: string;
  /** How far the permission has to reach for the page to be worth a place here. */
  reaches?: readonly Reach[];
}

const DESTINATIONS: readonly Destination[] = [
  { path: "/", name: "home", icon: <HomeOutlined aria-hidden />, key: "h" },
  { path: "/customers", name: "customers", icon: <TeamOutlined aria-hidden />, key: "c", permission: "customer:read" },
  { path: "/tasks", name: "tasks", icon: <CheckSquareOutlined aria-hidden />, key: "t", permission: "task:read" },
  { path: "/tickets", name: "tickets", icon: <FileTextOutlined aria-hidden />, key: "k", permission: "ticket:read" },
  { path: "/alerts", name: "alerts", icon: <AlertOutlined aria-hidden />, key: "a", permission: "alert:read" },
  {
    path: "/access-log",
    name: "accessLog",
    icon: <AuditOutlined aria-hidden />,
    key: "l",
    permission: "access_log:read",
    reaches: ["BRANCH", "SUBTREE", "BANK"],
  },
];

/** Where this reader can go. */
export function destinations(permissions: ReadonlyMap<string, Reach>): readonly Destination[] {
  return DESTINATIONS.filter(({ permission, reaches }) => {
    if (!permission) return true;
    const reach = permissions.get(permission);
    return reach !== undefined && (!reaches || reaches.includes(reach));
  });
}
