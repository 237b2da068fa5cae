import { expect, test } from "vitest";
import { customerWhere } from "./customerWhere";

const viewer = { staff: { id: "sta_7", name: "周峰", branch: null } };

function asked(filters: Record<string, string>, reader: Parameters<typeof customerWhere>[1] = viewer) {
  return customerWhere({ filter: (name) => filters[name] ?? null }, reader);
}

test("no filter is no condition", () => {
  expect(asked({})).toBeNull();
});

test("each filter is a condition, and all have to hold", () => {
  expect(asked({ portfolio: "mine", kind: "PERSON", tier: "tie_3" })).toEqual({
    and: [
      { manager: { id: { eq: "sta_7" } } },
      { kind: { eq: "PERSON" } },
      { tier: { tier: { id: { eq: "tie_3" } } } },
    ],
  });
});

test("a manager is one whom the reader picks, by id", () => {
  expect(asked({ manager: "sta_12" })).toEqual({ and: [{ manager: { id: { eq: "sta_12" } } }] });
  expect(asked({ manager: "姜楠" })).toBeNull();
});

test("a branch stands for all that is below it", () => {
  const itself = { id: { eq: "bra_2" } };
  expect(asked({ branch: "bra_2" })).toEqual({
    and: [
      {
        branch: {
          or: [itself, { parent: itself }, { parent: { parent: itself } }, { parent: { parent: { parent: itself } } }],
        },
      },
    ],
  });
});

test("what makes no sense in an address is not asked for", () => {
  expect(asked({ kind: "CAT", state: "1", tier: "x'; --", branch: "cus_1", portfolio: "yours" })).toBeNull();
});

test("customers without a manager are found by that", () => {
  expect(asked({ portfolio: "nobody" })).toEqual({ and: [{ manager: null }] });
});

test("who is no staff has no portfolio", () => {
  expect(asked({ portfolio: "mine" }, { staff: null })).toBeNull();
});
