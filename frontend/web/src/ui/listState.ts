import { useCallback, useMemo } from "react";
import { useLocation, useSearchParams } from "react-router";

export interface Sort {
  field: string;
  direction: "ASC" | "DESC";
}

/** Where a list stands: kept in the address, so that it can be sent, marked and gone back to. Holds no personal data. */
export interface ListState {
  filter(name: string): string | null;
  setFilter(name: string, value: string | null): void;
  clear(): void;
  isFiltered: boolean;
  sort: Sort;
  setSort(sort: Sort): void;
  /** Which page this is, and the cursor that it begins after. */
  page: { number: number; after: string | null };
  next(endCursor: string): void;
  previous(): void;
}

/** By the address of a list's page, after which cursor the page before it begins: for as long as the tab lives. */
const wayBack = new Map<string, string | null>();

const KEPT = new Set(["sort", "after", "page", "tab"]);
const NOTHING: readonly string[] = [];

/**
 * The state of a list in the address: its filters by their names, `sort=AUM.DESC`, and where its page begins.
 *
 * sorts    the fields that it may be ordered by; anything else in the address is not taken
 * besides  what else stands in the address and is no filter: the row that a drawer shows
 */
export function useListState(initial: Sort, sorts: readonly string[], besides: readonly string[] = NOTHING): ListState {
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const change = useCallback(
    (edit: (next: URLSearchParams) => void, options?: { replace: boolean }) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        edit(next);
        return next;
      }, options),
    [setSearch],
  );
  return useMemo(() => {
    const [field, direction] = (search.get("sort") ?? "").split(".");
    const isFilter = (name: string) => !KEPT.has(name) && !besides.includes(name);
    const after = search.get("after");
    const number = after ? Math.max(2, Math.trunc(Number(search.get("page"))) || 2) : 1;
    const addressOf = (cursor: string) => {
      const same = Array.from(search).filter(([name]) => name === "sort" || isFilter(name));
      return `${pathname}?${new URLSearchParams([...same, ["after", cursor]])}`;
    };
    const known = field && sorts.includes(field) && (direction === "ASC" || direction === "DESC");
    return {
      filter: (name) => search.get(name),
      setFilter: (name, value) =>
        change((next) => {
          if (value) next.set(name, value);
          else next.delete(name);
          begin(next);
        }),
      clear: () =>
        change((next) => {
          for (const name of Array.from(next.keys())) if (isFilter(name)) next.delete(name);
          begin(next);
        }),
      isFiltered: Array.from(search.keys()).some(isFilter),
      sort: known ? ({ field, direction } as Sort) : initial,
      setSort: (sort) =>
        change((next) => {
          next.set("sort", `${sort.field}.${sort.direction}`);
          begin(next);
        }),
      page: { number, after },
      next: (endCursor) => {
        wayBack.set(addressOf(endCursor), after);
        change((next) => goTo(next, endCursor, number + 1));
      },
      // Not the browser's way back, on which lie the rows that were looked at meanwhile.
      previous: () => change((next) => goTo(next, after && (wayBack.get(addressOf(after)) ?? null), number - 1)),
    } satisfies ListState;
  }, [search, pathname, change, initial, sorts, besides]);
}

/** The same address with its list at the beginning. */
export function atFirstPage(search: URLSearchParams): URLSearchParams {
  const first = new URLSearchParams(search);
  begin(first);
  return first;
}

function goTo(next: URLSearchParams, after: string | null, number: number): void {
  if (!after) return begin(next);
  next.set("after", after);
  next.set("page", String(number));
}

function begin(next: URLSearchParams): void {
  next.delete("after");
  next.delete("page");
}
