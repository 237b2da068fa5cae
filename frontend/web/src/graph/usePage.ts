import { useCallback, useEffect } from "react";
import { type AnyVariables, type DocumentInput, useQuery } from "urql";
import { type Failure, failureOf } from "./failure";

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

/** What could not be had for want of a connection is asked for again by itself. */
const RETRY_EVERY_MS = 5_000;

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
  const isOffline = error !== undefined && failureOf(error).kind === "offline";
  useEffect(() => {
    if (!isOffline) return;
    const again = () => execute({ requestPolicy: "network-only" });
    const timer = setInterval(again, RETRY_EVERY_MS);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [isOffline, execute]);
  const reload = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);
  return {
    data,
    loading: !data && !error && (fetching || !options.pause),
    refreshing: Boolean(data) && (fetching || stale),
    failure: error ? failureOf(error) : null,
    reload,
  };
}
