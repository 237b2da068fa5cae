import { expect, test } from "vitest";
import type { Reach } from "@/session/ViewerContext";
import { type Block, BLOCKS, blocksFor } from "./blocks";

const staff = { id: "sta_1", name: "", branch: null };

function keys(permissions: Record<string, Reach>, options: { isStaff: boolean } = { isStaff: true }) {
  const viewer = { permissions: new Map(Object.entries(permissions)), staff: options.isStaff ? staff : null };
  return blocksFor(viewer).map(({ key }) => key);
}

test("a relationship manager has their work, their customers' occasions and news", () => {
  const own = ["customer:read", "customer.aum:read", "task:complete", "ticket:read", "alert:handle"] as const;
  const permissions = Object.fromEntries(own.map((permission) => [permission, "OWN" as const]));
  expect(keys(permissions)).toEqual(["numbers", "tasks", "alerts", "occasions", "news"]);
});

test("outlets are compared by who sees several of them, a team by who leads one branch", () => {
  const figures = { "customer:read": "SUBTREE", "customer.aum:read": "SUBTREE" } as const;
  expect(keys(figures)).toContain("outlets");
  expect(keys({ "customer:read": "BRANCH", "customer.aum:read": "BRANCH" })).not.toContain("outlets");
  expect(keys({ "customer:assign_manager": "BRANCH" })).toEqual(["team", "unassigned"]);
  expect(keys({ "customer:assign_manager": "SUBTREE" })).toEqual(["unassigned"]);
});

test("the access log is for who sees all of it", () => {
  expect(keys({ "access_log:read": "BANK" })).toEqual(["access", "denials"]);
  expect(keys({ "access_log:read": "OWN" })).toEqual([]);
});

test("one's own work is for staff", () => {
  expect(keys({ "task:complete": "OWN", "alert:handle": "OWN" }, { isStaff: false })).toEqual(["numbers"]);
});

function asks({ needs, anyOf }: Block) {
  return needs.length + (anyOf?.length ?? 0) > 0;
}

test("every block asks for something, and has a name of its own", () => {
  expect(BLOCKS.filter((block) => !asks(block))).toEqual([]);
  expect(new Set(BLOCKS.map(({ key }) => key)).size).toBe(BLOCKS.length);
});
