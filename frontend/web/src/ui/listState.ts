import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

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
  /** How many pages lie before this one, and the cursor it begins after. */
  page: { number: number; after: string | null };
  next(endCursor: string): void;
  previous(): void;
}

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
    const known = field && sorts.includes(field) && (direction === "ASC" || direction === "DESC");
    return {
      filter: (name) => search.get(name),
      setFilter: (name, value) =>
        change((next) => {
          if (value) next.set(name, value);
          else next.delete(name);
          fromTheStart(next);
        }),
      clear: () =>
        change((next) => {
          for (const name of Array.from(next.keys())) if (isFilter(name)) next.delete(name);
          fromTheStart(next);
        }),
      isFiltered: Array.from(search.keys()).some(isFilter),
      sort: known ? ({ field, direction } as Sort) : initial,
      setSort: (sort) =>
        change((next) => {
          next.set("sort", `${sort.field}.${sort.direction}`);
          fromTheStart(next);
        }),
      page: { number: Math.max(1, Number(search.get("page")) || 1), after: search.get("after") },
      next: (endCursor) =>
        change((next) => {
          next.set("after", endCursor);
          next.set("page", String((Number(search.get("page")) || 1) + 1));
        }),
      // The way back through a list by its cursors is the way that the browser has kept.
      previous: () => history.back(),
    } satisfies ListState;
  }, [search, change, initial, sorts, besides]);
}

function fromTheStart(next: URLSearchParams): void {
  next.delete("after");
  next.delete("page");
}
