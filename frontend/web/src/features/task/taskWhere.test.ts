import { expect, test } from "vitest";
import { taskWhere } from "./taskWhere";

const bank = { businessDate: "2026-10-30", timeZone: "Asia/Shanghai" };
const viewer = { staff: { id: "sta_1", name: "", branch: null }, permissions: new Map([["task:complete", "OWN" as const]]) };

function where(filters: Record<string, string>, reader: Parameters<typeof taskWhere>[1] = viewer) {
  return taskWhere({ filter: (name) => filters[name] ?? null }, reader, bank)?.and;
}

function due(filter: string) {
  return where({ whose: "all", state: "all", due: filter })?.[0]?.dueAt;
}

test("unless the address says otherwise: what the reader has still to do", () => {
  expect(where({})).toEqual([{ assignedTo: { id: { eq: "sta_1" } } }, { state: { in: ["OPEN", "HANDED_BACK"] } }]);
});

test("who is no member of staff has no tasks of their own", () => {
  expect(where({ whose: "mine" }, { staff: null, permissions: new Map() })).toEqual([{ state: { in: ["OPEN", "HANDED_BACK"] } }]);
});

test("whoever does no tasks begins with all there are", () => {
  expect(where({}, { ...viewer, permissions: new Map() })).toEqual([{ state: { in: ["OPEN", "HANDED_BACK"] } }]);
});

test("everything in reach has no condition at all", () => {
  expect(where({ whose: "all", state: "all" })).toBeUndefined();
});

test("days begin when they do in the bank", () => {
  expect(due("overdue")).toEqual({ lt: "2026-10-29T16:00:00.000Z" });
  expect(due("today")).toEqual({ gte: "2026-10-29T16:00:00.000Z", lt: "2026-10-30T16:00:00.000Z" });
  expect(due("week")).toEqual({ gte: "2026-10-29T16:00:00.000Z", lt: "2026-11-01T16:00:00.000Z" });
});

test("what makes no sense in the address is not taken", () => {
  expect(where({ whose: "all", state: "DROP TABLE", purpose: "x", priority: "y", due: "z" })).toBeUndefined();
});
