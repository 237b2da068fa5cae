import { expect, test } from "vitest";
import { levelsBelow } from "./levels";

test("the levels below a branch begin with the next one", () => {
  expect(levelsBelow("HEAD_OFFICE")).toEqual(["BRANCH", "SUB_BRANCH", "OUTLET"]);
  expect(levelsBelow("SUB_BRANCH")).toEqual(["OUTLET"]);
});

test("an outlet, and who works nowhere, is left with outlets", () => {
  expect(levelsBelow("OUTLET")).toEqual(["OUTLET"]);
  expect(levelsBelow(undefined)).toEqual(["OUTLET"]);
});
