import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider, useLocation } from "react-router";
import { afterEach, expect, test } from "vitest";
import { type Sort, useListState } from "./listState";

const BY_NAME: Sort = { field: "NAME", direction: "ASC" };
const SORTS = ["NAME"];
const BESIDES = ["task"];

afterEach(cleanup);

/** A list at an address, and what stands there after `?`. */
function listAt(address: string) {
  let inside: ReactNode;
  const router = createMemoryRouter([{ path: "*", Component: () => inside }], { initialEntries: [address] });
  const { result } = renderHook(() => ({ list: useListState(BY_NAME, SORTS, BESIDES), search: useLocation().search }), {
    wrapper: ({ children }) => {
      inside = children;
      return <RouterProvider router={router} />;
    },
  });
  return {
    get list() {
      return result.current.list;
    },
    get search() {
      return result.current.search;
    },
    go: (to: string) => act(() => router.navigate(to)),
  };
}

test("the page before is the one that was come from, whatever was looked at meanwhile", async () => {
  const at = listAt("/tasks?state=all");
  act(() => at.list.next("one"));
  act(() => at.list.next("two"));
  expect(at.list.page).toEqual({ number: 3, after: "two" });
  await at.go(`/tasks${at.search}&task=tas_1`);
  await at.go("/tasks?state=all&after=two&page=3");
  act(() => at.list.previous());
  expect(at.list.page).toEqual({ number: 2, after: "one" });
  act(() => at.list.previous());
  expect(at.search).toBe("?state=all");
});

test("where nobody knows the page before, the list begins anew", () => {
  const at = listAt("/tasks?state=all&after=elsewhere&page=7");
  expect(at.list.page.number).toBe(7);
  act(() => at.list.previous());
  expect(at.search).toBe("?state=all");
});

test("a page that begins after a row is never the first, whatever the address says", () => {
  expect(listAt("/tasks?after=one&page=x").list.page).toEqual({ number: 2, after: "one" });
  expect(listAt("/tasks?page=9").list.page).toEqual({ number: 1, after: null });
});
