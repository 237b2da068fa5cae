import { expect, test } from "vitest";
import { canonical, declarable } from "./relationTypes";

test("an organisation has officers, and is an employer, but nobody's spouse", () => {
  expect(declarable("ORGANISATION", "from")).toContain("SHAREHOLDER");
  expect(declarable("ORGANISATION", "from")).not.toContain("EMPLOYER");
  expect(declarable("ORGANISATION", "to")).toContain("EMPLOYER");
  expect(declarable("ORGANISATION", "to")).not.toContain("SPOUSE");
});

test("what follows from shared accounts is declared by nobody", () => {
  for (const end of ["from", "to"] as const) expect(declarable("PERSON", end)).not.toContain("JOINT_HOLDER");
});

test("a parent is told from the parent", () => {
  expect(canonical({ type: "PARENT", fromId: "child", toId: "parent" })).toEqual({ type: "CHILD", fromId: "parent", toId: "child" });
  expect(canonical({ type: "GUARANTOR", fromId: "b", toId: "a" })).toEqual({ type: "GUARANTOR", fromId: "b", toId: "a" });
});
