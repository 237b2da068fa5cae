import { expect, test } from "vitest";
import { palettes } from "@/theme/palette";
import type { Customer } from "./customerOf";
import { drawing, short } from "./drawing";
import { graphOf, type Tie, tiesOf } from "./relationGraph";
import type { TypeName } from "./relationTypes";

const customer = (id: string) =>
  ({ __typename: "Person", id, displayName: id, kind: "PERSON", relationCount: 1 }) as unknown as Customer;
const row = (type: TypeName, from: string, to: string): Tie<Customer> => ({
  key: "",
  id: `${type}${from}${to}`,
  type,
  version: 1,
  evidence: [],
  confidenceRatio: "1",
  from: customer(from),
  to: customer(to),
});
const draw = (rows: Tie<Customer>[], more: [string, number][] = []) =>
  drawing(graphOf(customer("a"), tiesOf(rows), new Set()), {
    more: new Map(more),
    palette: palettes.light,
    aspect: 1,
    wordFor: (type) => type.toLowerCase(),
  });

test("a line says all that the two are to each other", () => {
  const { edges } = draw([row("SPOUSE", "a", "b"), row("GUARANTOR", "a", "b")]);
  expect(edges).toHaveLength(1);
  expect(edges[0]?.style).toMatchObject({ labelText: "spouse · guarantor", endArrow: true, startArrow: false });
});

test("words on many lines wait until one is pointed at", () => {
  const rows = Array.from({ length: 29 }, (_, at) => row("EMPLOYER", `n${at}`, "a"));
  expect(draw(rows).edges.every(({ data }) => data?.hasWords === false)).toBe(true);
  expect(draw(rows.slice(1)).edges.every(({ data }) => data?.hasWords === true)).toBe(true);
});

test("who has more relations than are shown says how many, and nobody else keeps a mark", () => {
  const { nodes } = draw([row("SPOUSE", "a", "b")], [["b", 3]]);
  const badges = Object.fromEntries(nodes.map(({ id, style }) => [id, style?.badges]));
  expect(badges).toMatchObject({ a: [], b: [{ text: "+3" }] });
});

test("names are cut where they are long", () => {
  expect(short("李娜", 7)).toBe("李娜");
  expect(short("朝阳众合制造有限公司", 7)).toBe("朝阳众合制造…");
  expect(short("Beijing Trading", 7)).toBe("Beijing Tradi…");
});
