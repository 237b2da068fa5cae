import { expect, test } from "vitest";
import { accessLogWhere } from "./accessLogWhere";

const NOW = Date.parse("2026-10-31T12:00:00Z");

function where(address: string) {
  const search = new URLSearchParams(address);
  return accessLogWhere({ filter: (name) => search.get(name) }, NOW)?.and ?? null;
}

const lastWeek = { recordedAt: { gte: "2026-10-24T12:00:00.000Z" } };

test("without words in the address, and with ones that are none, it is the last week", () => {
  expect(where("")).toEqual([lastWeek]);
  expect(where("period=forever&kind=x&staff=1&customer=sta_1&action=+")).toEqual([lastWeek]);
});

test("the whole log has no conditions", () => {
  expect(where("period=all")).toBeNull();
});

test("each filter is a condition", () => {
  expect(where("period=1&kind=DENIAL&action=alert.&staff=sta_12&customer=cus_3")).toEqual([
    { recordedAt: { gte: "2026-10-30T12:00:00.000Z" } },
    { kind: { eq: "DENIAL" } },
    { action: { startsWith: "alert." } },
    { staff: { id: { eq: "sta_12" } } },
    { customers: { some: { id: { eq: "cus_3" } } } },
  ]);
});
