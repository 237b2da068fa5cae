import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useClient } from "urql";
import { pipe, subscribe } from "wonka";
import { type Failure, failureOf, graphql, isPassing, readFragment } from "@/graph";
import type { RelationsAroundQuery as Around } from "@/graph/generated/graphql";
import { useRetry } from "@/graph/useRetry";
import { type Customer, customerOf, RelationEndFragment } from "./customerOf";
import type { Row } from "./relationGraph";

const RelationsAroundQuery = graphql(`
  query RelationsAround($ids: [ID!]!, $first: Int!, $after: String) {
    customers(where: { id: { in: $ids } }, first: $first) {
      nodes {
        id
        ...RelationEnd
        relations(first: 50, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            version
            type
            evidence
            confidenceRatio
            fromCustomer {
              id
              ...RelationEnd
            }
            toCustomer {
              id
              ...RelationEnd
            }
          }
        }
      }
    }
  }
`);

/** What is asked for at once: the relations of a few customers, or more of one's. */
interface Batch {
  ids: readonly string[];
  after: string | null;
}

interface Answer {
  data: Around | undefined;
  failure: Failure | null;
}

export interface Neighbourhood {
  /** Null where there is no such customer within the reader's reach. */
  centre: Customer | null;
  rows: readonly Row<Customer>[];
  /** Of whom the relations were asked for. */
  expanded: ReadonlySet<string>;
  /** Where the next relations of a customer begin, who has more than came at once. */
  more: ReadonlyMap<string, string>;
  /** The centre's are on their way, or anybody's. */
  loading: boolean;
  failure: Failure | null;
  expand(ids: readonly string[]): void;
  expandMore(id: string, after: string): void;
  /** Asks again for what has failed. */
  retry(): void;
  /** Asks again for all of it. */
  reload(): void;
}

const MOST_AT_ONCE = 20;

/**
 * The relations around a customer, and around each that the reader goes on to. Each step is asked for by itself and followed
 * from then on, so that a relation that is opened or ended shows in all of them.
 */
export function useNeighbourhood(centreId: string): Neighbourhood {
  const client = useClient();
  const [batches, setBatches] = useState<readonly Batch[]>(() => [{ ids: [centreId], after: null }]);
  const [answers, setAnswers] = useState<ReadonlyMap<Batch, Answer>>(new Map());
  const followed = useRef(new Map<Batch, () => void>());

  useEffect(() => {
    for (const batch of batches) {
      if (followed.current.has(batch)) continue;
      const following = pipe(
        client.query(RelationsAroundQuery, { ids: [...batch.ids], first: batch.ids.length, after: batch.after }),
        subscribe(({ data, error }) => {
          const answer = { data, failure: error ? failureOf(error) : null };
          setAnswers((before) => new Map(before).set(batch, { ...answer, data: data ?? before.get(batch)?.data }));
        }),
      );
      followed.current.set(batch, following.unsubscribe);
    }
  }, [client, batches]);

  useEffect(() => {
    const current = followed.current;
    return () => {
      for (const unfollow of current.values()) unfollow();
      current.clear();
    };
  }, [client]);

  const expand = useCallback((ids: readonly string[]) => {
    setBatches((before) => {
      const known = new Set(before.flatMap((batch) => batch.ids));
      const wanted = ids.filter((id) => !known.has(id));
      const added: Batch[] = [];
      for (let at = 0; at < wanted.length; at += MOST_AT_ONCE) added.push({ ids: wanted.slice(at, at + MOST_AT_ONCE), after: null });
      return added.length ? [...before, ...added] : before;
    });
  }, []);

  const expandMore = useCallback((id: string, after: string) => {
    setBatches((before) => (before.some((batch) => batch.after === after) ? before : [...before, { ids: [id], after }]));
  }, []);

  const anew = useCallback((wanted: readonly Batch[]) => {
    for (const batch of wanted) {
      followed.current.get(batch)?.();
      followed.current.delete(batch);
    }
    // The same ones once more: those wanted are not followed now.
    setBatches((before) => [...before]);
  }, []);
  const retry = useCallback(() => anew(batches.filter((batch) => answers.get(batch)?.failure)), [anew, batches, answers]);
  const reload = useCallback(() => anew(batches), [anew, batches]);
  const failure = batches.map((batch) => answers.get(batch)?.failure).find(Boolean) ?? null;
  useRetry(isPassing(failure), retry);

  return useMemo(() => {
    const rows = new Map<string, Row<Customer>>();
    const more = new Map<string, string>();
    let centre: Customer | null = null;
    for (const batch of batches) {
      for (const node of answers.get(batch)?.data?.customers?.nodes ?? []) {
        if (node.id === centreId) centre = customerOf(readFragment(RelationEndFragment, node));
        const { pageInfo, nodes = [] } = node.relations ?? {};
        if (pageInfo?.hasNextPage && pageInfo.endCursor) more.set(node.id, pageInfo.endCursor);
        else more.delete(node.id);
        for (const { id, type, version, evidence, confidenceRatio, fromCustomer, toCustomer } of nodes) {
          // Whom the reader may not see is not there.
          if (!fromCustomer || !toCustomer) continue;
          const from = customerOf(readFragment(RelationEndFragment, fromCustomer));
          const to = customerOf(readFragment(RelationEndFragment, toCustomer));
          rows.set(id, { id, type, version, evidence, confidenceRatio, from, to });
        }
      }
    }
    return {
      centre,
      rows: Array.from(rows.values()),
      expanded: new Set(batches.flatMap(({ ids }) => ids)),
      more,
      loading: batches.some((batch) => !answers.has(batch)),
      failure,
      expand,
      expandMore,
      retry,
      reload,
    };
  }, [centreId, batches, answers, failure, expand, expandMore, retry, reload]);
}
