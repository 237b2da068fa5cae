import { describe, expect, test } from "vitest";
import { radialPlaces } from "./radialPlaces";

function star(size: number): Map<string, string[]> {
  return new Map([["centre", Array.from({ length: size }, (_, at) => `n${at}`)]]);
}

describe.each([1, 5, 12, 30, 60, 120])("%i around one", (size) => {
  test("leave room for each other's names", () => {
    const places = Array.from(radialPlaces("centre", star(size)).values());
    expect(places).toHaveLength(size + 1);
    for (const [at, one] of places.entries()) {
      for (const other of places.slice(at + 1)) {
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(55);
      }
    }
  });
});

test("who is further away stands further out, on the side of those they came by", () => {
  const neighbours = new Map([
    ["centre", ["left", "right"]],
    ["right", ["centre", "beyond"]],
  ]);
  const places = radialPlaces("centre", neighbours);
  const [right, beyond] = [places.get("right"), places.get("beyond")];
  expect(Math.hypot(beyond?.x ?? 0, beyond?.y ?? 0)).toBeGreaterThan(Math.hypot(right?.x ?? 0, right?.y ?? 0));
  expect(Math.sign(beyond?.x ?? 0)).toBe(Math.sign(right?.x ?? 0));
});
