import { expect, test } from "vitest";
import type { Reach } from "@/session/ViewerContext";
import { firstWhose, ticketWhere } from "./ticketWhere";

const NOW = "2026-10-31T09:00:00.000Z";
const viewer = { staff: { id: "sta_1", name: "", branch: { id: "bra_4", name: "", level: "OUTLET" as const } } };

function where(filters: Record<string, string>, reach: Reach = "BRANCH", reader: Parameters<typeof firstWhose>[0] = viewer) {
  return ticketWhere({ filter: (name) => filters[name] ?? null }, reader, reach, NOW)?.and;
}

test("unless the address says otherwise: what the branch has not answered yet", () => {
  expect(where({})).toEqual([{ branch: { id: { eq: "bra_4" } } }, { state: { in: ["OPEN", "WAITING"] } }]);
});

test("who sees more than a branch begins with all of it", () => {
  expect(firstWhose(viewer, "BANK")).toBe("all");
  expect(firstWhose({ staff: null }, "OWN")).toBe("all");
  expect(where({}, "SUBTREE")).toEqual([{ state: { in: ["OPEN", "WAITING"] } }]);
});

test("overdue is what is not answered and past its deadline, in whatever state is asked for", () => {
  expect(where({ whose: "all", state: "all", due: "overdue" })).toEqual([{ dueAt: { lt: NOW } }, { state: { ne: "CLOSED" } }]);
});

test("what makes no sense in the address is not taken", () => {
  expect(where({ whose: "all", state: "x", kind: "y", priority: "z", due: "w" })).toBeUndefined();
});
