import { expect, test } from "vitest";
import { accessLogWhere } from "./accessLogWhere";

const NOW = Date.parse("2026-10-31T12:00:00Z");

function where(address: string) {
  const search = new URLSearchParams(address);
  return accessLogWhere({ filter: (name) => search.get(name) }, NOW, "Asia/Shanghai")?.and ?? null;
}

const lastWeek = { recordedAt: { gte: "2026-10-24T12:00:00.000Z" } };

test("without words in the address, and with ones that are none, it is the last week", () => {
  expect(where("")).toEqual([lastWeek]);
  expect(where("period=forever&kind=x&staff=1&customer=sta_1&action=13800138000")).toEqual([lastWeek]);
});

test("the whole log has no conditions", () => {
  expect(where("period=all")).toBeNull();
});

test("each filter is a condition", () => {
  expect(where("period=1&kind=DENIAL&action=sign_in.wrong_code&staff=sta_12&customer=cus_3")).toEqual([
    { recordedAt: { gte: "2026-10-30T12:00:00.000Z" } },
    { kind: { eq: "DENIAL" } },
    { action: { eq: "sign_in.wrong_code" } },
    { staff: { id: { eq: "sta_12" } } },
    { customers: { some: { id: { eq: "cus_3" } } } },
  ]);
});

test("days are the bank's, the last one whole, and either may be left open", () => {
  expect(where("period=dates&from=2026-10-01&to=2026-10-02")).toEqual([
    { recordedAt: { gte: "2026-09-30T16:00:00.000Z" } },
    { recordedAt: { lt: "2026-10-02T16:00:00.000Z" } },
  ]);
  expect(where("period=dates&to=2026-10-02")).toEqual([{ recordedAt: { lt: "2026-10-02T16:00:00.000Z" } }]);
  expect(where("period=dates&from=yesterday&to=0002-10-01")).toBeNull();
});
