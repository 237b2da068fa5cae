import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { BLOCKS } from "./blocks";
import { arranged, moved, useHomeSettings } from "./useHomeSettings";

beforeEach(() => localStorage.clear());

const known = BLOCKS.slice(0, 4);
const keysOf = (blocks: readonly { key: string }[]) => blocks.map(({ key }) => key);

test("blocks come as arranged, and new ones after them", () => {
  const [first, second, third, fourth] = keysOf(known);
  expect(keysOf(arranged(known, []))).toEqual([first, second, third, fourth]);
  expect(keysOf(arranged(known, [third ?? "", first ?? ""]))).toEqual([third, first, second, fourth]);
});

test("a block moves by one place, and not beyond the ends", () => {
  expect(moved(["tasks", "alerts", "board"], 2, -1)).toEqual(["tasks", "board", "alerts"]);
  expect(moved(["tasks", "alerts", "board"], 0, -1)).toEqual(["tasks", "alerts", "board"]);
  expect(moved(["tasks", "alerts", "board"], 2, 1)).toEqual(["tasks", "alerts", "board"]);
});

test("a choice is kept for its reader alone, and taken back as a whole", () => {
  const mine = renderHook(() => useHomeSettings("sta_1"));
  act(() => mine.result.current.toggle("news"));
  act(() => mine.result.current.arrange(["board", "tasks"]));
  const later = renderHook(() => useHomeSettings("sta_1"));
  expect(later.result.current).toMatchObject({ hidden: ["news"], order: ["board", "tasks"] });
  expect(renderHook(() => useHomeSettings("sta_2")).result.current).toMatchObject({ hidden: [], order: [] });
  act(() => later.result.current.reset());
  expect(renderHook(() => useHomeSettings("sta_1")).result.current).toMatchObject({ hidden: [], order: [] });
});

test("what cannot be read is no choice", () => {
  localStorage.setItem("ketu.home.sta_1", "{broken");
  expect(renderHook(() => useHomeSettings("sta_1")).result.current).toMatchObject({ hidden: [], order: [] });
});
