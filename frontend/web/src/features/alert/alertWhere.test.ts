import { expect, test } from "vitest";
import { alertWhere } from "./alertWhere";

const handles = { staff: { id: "sta_1", name: "", branch: null }, permissions: new Map([["alert:handle", "OWN" as const]]) };
const reads = { ...handles, permissions: new Map([["alert:read", "BANK" as const]]) };

function where(address: string, viewer: Parameters<typeof alertWhere>[1] = handles) {
  const search = new URLSearchParams(address);
  return alertWhere({ filter: (name) => search.get(name) }, viewer).and;
}

const mine = { staff: { id: { eq: "sta_1" } } };
const open = { state: { in: ["NEW", "SEEN"] } };

test("without words in the address it is what is open in one's own inbox", () => {
  expect(where("")).toEqual([mine, open]);
});

test("who handles none begins with all in reach, and may still look at their own", () => {
  expect(where("", reads)).toEqual([open]);
  expect(where("whose=mine", reads)).toEqual([mine, open]);
});

test("who is no member of staff has no inbox", () => {
  expect(where("whose=mine", { ...handles, staff: null })).toEqual([open]);
});

test("each filter is a condition, and any state is none", () => {
  expect(where("whose=all&state=DONE&kind=MATURITY&priority=HIGH")).toEqual([
    { state: { eq: "DONE" } },
    { kind: { eq: "MATURITY" } },
    { priority: { eq: "HIGH" } },
  ]);
  expect(where("state=any")).toEqual([mine]);
});

test("what the graph does not know is not sent to it", () => {
  expect(where("whose=all&state=LOST&kind=x&priority=1")).toEqual([open]);
});
