import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** What a drawer shows, by its id in the address (`?task=tas_1`), beside whatever stands there already. */
export interface Shown {
  id: string | null;
  /** Where it is shown, for a link. */
  href(id: string): string;
  close(): void;
}

export function useShown(name: string): Shown {
  const [search, setSearch] = useSearchParams();
  const close = useCallback(
    () =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        next.delete(name);
        return next;
      }),
    [name, setSearch],
  );
  return useMemo(
    () => ({
      id: search.get(name),
      href: (id) => {
        const next = new URLSearchParams(search);
        next.set(name, id);
        return `?${next}`;
      },
      close,
    }),
    [search, name, close],
  );
}
