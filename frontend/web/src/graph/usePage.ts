import { useCallback, useState } from "react";
import { type AnyVariables, type DocumentInput, useQuery } from "urql";
import { type Failure, failureOf, isPassing, keepsShown } from "./failure";
import { useRetry } from "./useRetry";

/** What a page or a part of one shows: its data if there are any, and whether and why not. */
export interface PageState<Data> {
  data: Data | undefined;
  /** Nothing to show yet. */
  loading: boolean;
  /** Something is shown, and asked for anew. */
  refreshing: boolean;
  failure: Failure | null;
  reload(): void;
}

/** The one query of a page or of a part that loads for itself. */
export function usePage<Data, Variables extends AnyVariables>(
  query: DocumentInput<Data, Variables>,
  variables: Variables,
  options: { pause?: boolean } = {},
): PageState<Data> {
  const [{ data, fetching, stale, error }, execute] = useQuery<Data, AnyVariables>({
    query: query as DocumentInput<Data, AnyVariables>,
    variables,
    pause: options.pause ?? false,
  });
  const failure = error ? failureOf(error) : null;
  // A failure takes the data away; what was asked for in vain just now was shown for good reason before.
  const asked = JSON.stringify(variables);
  const [last, setLast] = useState<{ asked: string; data: Data } | null>(null);
  if (data && !fetching && !options.pause && (last?.data !== data || last.asked !== asked)) setLast({ asked, data });
  const shown = data ?? (keepsShown(failure) && last?.asked === asked ? last.data : undefined);
  const reload = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);
  useRetry(isPassing(failure), reload);
  return {
    data: shown,
    loading: !shown && !error && (fetching || !options.pause),
    refreshing: Boolean(shown) && (fetching || stale),
    failure,
    reload,
  };
}
