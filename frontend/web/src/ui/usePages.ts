import { useMemo, useState } from "react";
import type { Sort } from "./listState";

/** Pages by cursors of a list that has no place in the address: in a tab, in a drawer. For `<Pager list={…}>`. */
export interface Pages {
  page: { number: number; after: string | null };
  sort: Sort | null;
  setSort(sort: Sort | null): void;
  next(endCursor: string): void;
  previous(): void;
}

export function usePages(initial: Sort | null = null): Pages {
  const [{ cursors, sort }, setState] = useState<{ cursors: readonly string[]; sort: Sort | null }>({ cursors: [], sort: initial });
  return useMemo(
    () => ({
      page: { number: cursors.length + 1, after: cursors.at(-1) ?? null },
      sort,
      setSort: (next) => setState({ cursors: [], sort: next }),
      next: (endCursor) => setState((before) => ({ ...before, cursors: [...before.cursors, endCursor] })),
      previous: () => setState((before) => ({ ...before, cursors: before.cursors.slice(0, -1) })),
    }),
    [cursors, sort],
  );
}
