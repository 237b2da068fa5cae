import { expect, test } from "vitest";
import type { CommandProblem } from "@/graph";
import { problemsAtFields } from "./problemsAtFields";

function invalid(...path: string[]): CommandProblem {
  return { __typename: "InvalidInput", message: "It does not fit.", path } as CommandProblem;
}

const conflict = { __typename: "Conflict", message: "", path: ["input", "expectedVersion"], currentVersion: 4 } as CommandProblem;

test("a problem is shown at the field that its path ends in", () => {
  const title = invalid("input", "title");
  expect(problemsAtFields([title], [["title"], ["dueAt"]])).toEqual({
    fields: [{ name: ["title"], problems: [title] }],
    general: [],
    conflict: null,
  });
});

test("a path that goes on inside a field is shown there", () => {
  const currency = invalid("input", "amount", "currency");
  expect(problemsAtFields([currency], [["amount"]]).fields).toEqual([{ name: ["amount"], problems: [currency] }]);
});

test("of nested fields the innermost one counts, and its place in a list", () => {
  const value = invalid("input", "contacts", "1", "value");
  const names = [["contacts"], ["contacts", 0, "value"], ["contacts", 1, "value"]];
  expect(problemsAtFields([value], names).fields).toEqual([{ name: ["contacts", 1, "value"], problems: [value] }]);
});

test("several problems of one field stand together, fields in the form's order", () => {
  const [first, second, third] = [invalid("input", "note"), invalid("input", "title"), invalid("input", "note")];
  expect(problemsAtFields([first, second, third], [["title"], ["note"]]).fields).toEqual([
    { name: ["title"], problems: [second] },
    { name: ["note"], problems: [first, third] },
  ]);
});

test("what belongs to no field that is shown is told by the form as a whole", () => {
  const id = invalid("input", "id");
  const whole = invalid("input");
  expect(problemsAtFields([id, whole], [["title"]])).toEqual({ fields: [], general: [id, whole], conflict: null });
});

test("a conflict is neither at a field nor general, whatever fields there are", () => {
  expect(problemsAtFields([conflict], [["expectedVersion"]])).toEqual({ fields: [], general: [], conflict });
});
