import { describe, expect, test } from "vitest";
import { graphOf, nextLevel, type Person, type Row, tiesOf } from "./relationGraph";
import type { TypeName } from "./relationTypes";

const person = (id: string, relationCount = 1): Person => ({ id, displayName: id, kind: "PERSON", relationCount });
const row = (id: string, type: TypeName, from: string, to: string): Row<Person> => ({
  id,
  type,
  version: 1,
  evidence: [],
  confidenceRatio: "1",
  from: person(from),
  to: person(to),
});
const NOTHING: ReadonlySet<TypeName> = new Set();

describe("what is kept from both ends is one tie", () => {
  test("a couple", () => {
    const ties = tiesOf([row("1", "SPOUSE", "b", "a"), row("2", "SPOUSE", "a", "b")]);
    expect(ties.map(({ id, from, to }) => [id, from.id, to.id])).toEqual([["2", "a", "b"]]);
  });
  test("a parent and a child, whichever end is met first", () => {
    const rows = [row("1", "PARENT", "child", "parent"), row("2", "CHILD", "parent", "child")];
    for (const each of [rows, rows.toReversed()]) {
      expect(tiesOf(each).map(({ id, type, from, to }) => [id, type, from.id, to.id])).toEqual([["2", "CHILD", "parent", "child"]]);
    }
  });
  test("and one end alone is told the same way round", () => {
    expect(tiesOf([row("1", "PARENT", "child", "parent")])).toMatchObject([
      { id: "1", type: "CHILD", from: { id: "parent" }, to: { id: "child" } },
    ]);
  });
  test("guarantors of each other are two", () => {
    expect(tiesOf([row("1", "GUARANTOR", "a", "b"), row("2", "GUARANTOR", "b", "a")])).toHaveLength(2);
  });
});

describe("ties between the same two are one line", () => {
  test("that points where they do", () => {
    const ties = tiesOf([row("1", "SPOUSE", "a", "b"), row("2", "GUARANTOR", "b", "a"), row("3", "JOINT_HOLDER", "a", "b")]);
    const { lines } = graphOf(person("a"), ties, NOTHING);
    expect(lines).toMatchObject([{ source: "a", target: "b", pointsToSource: true, pointsToTarget: false }]);
    expect(lines[0]?.ties).toHaveLength(3);
  });
});

test("who is reached over hidden types alone is not shown", () => {
  const ties = tiesOf([row("1", "SPOUSE", "a", "b"), row("2", "EMPLOYER", "b", "c"), row("3", "CHILD", "c", "d")]);
  const graph = graphOf(person("a"), ties, new Set<TypeName>(["EMPLOYER"]));
  expect(Array.from(graph.people.keys())).toEqual(["a", "b"]);
  expect(graph.ties).toHaveLength(1);
});

describe("the next level", () => {
  const rows = [
    { ...row("1", "EMPLOYER", "a", "b"), to: person("b", 5) },
    { ...row("2", "EMPLOYER", "a", "c"), to: person("c", 3) },
    { ...row("3", "EMPLOYER", "a", "d"), to: person("d", 1) },
  ];
  const graph = graphOf(person("a", 3), tiesOf(rows), NOTHING);
  test("is of those with relations that are not shown", () => {
    expect(nextLevel(graph, rows, 50)).toEqual(["b", "c"]);
  });
  test("stays within the limit", () => {
    expect(nextLevel(graph, rows, 9)).toEqual(["b"]);
    expect(nextLevel(graph, rows, 4)).toEqual([]);
  });
});
