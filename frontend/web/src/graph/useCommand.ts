import type { DocumentNode } from "graphql";
import { useCallback, useRef, useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useClient } from "urql";
import { type Failure, failureOf } from "./failure";
import { graphql, readFragment } from "./generated";
import type { ProblemFragment } from "./generated/graphql";

/** What every command's errors are asked for: spread it as `errors { ...Problem }`. */
export const Problem = graphql(`
  fragment Problem on MutationError {
    __typename
    message
    path
    ... on Conflict {
      currentVersion
    }
  }
`);

export type CommandProblem = ProblemFragment;

/** How a command ended: done with its payload, refused by problems that the reader can mend, or failed as a whole. */
export type Outcome<Payload> =
  | { kind: "done"; payload: Payload }
  | { kind: "refused"; problems: readonly CommandProblem[] }
  | { kind: "failed"; failure: Failure };

/** What the one root field of a command's document answers. */
export type PayloadOf<Data> = Extract<Data[keyof Data & string], object>;

/**
 * Run a command whose document has one root field, and takes `$idempotencyKey` where it changes something. A command that failed is sent again under
 * the same key, so that it is done once even where only its answer was lost.
 */
export function useCommand<Data extends Record<string, unknown>, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables> & DocumentNode,
): {
  run(variables: Omit<Variables, "idempotencyKey">): Promise<Outcome<PayloadOf<Data>>>;
  running: boolean;
} {
  const client = useClient();
  const [running, setRunning] = useState(false);
  const attempt = useRef<{ input: string; key: string } | null>(null);
  const run = useCallback(
    async (variables: Omit<Variables, "idempotencyKey">): Promise<Outcome<PayloadOf<Data>>> => {
      const input = JSON.stringify(variables);
      if (attempt.current?.input !== input) attempt.current = { input, key: newKey() };
      setRunning(true);
      const given = { ...variables, idempotencyKey: attempt.current.key } as unknown as Variables;
      const result = await client.mutation(document, given).toPromise();
      setRunning(false);
      if (result.error) {
        const failure = failureOf(result.error);
        // No address is at fault where a command is malformed.
        return { kind: "failed", failure: failure.kind === "mistaken" ? { ...failure, kind: "broken" } : failure };
      }
      attempt.current = null;
      const payload = Object.values(result.data ?? {}).find((value) => typeof value === "object" && value !== null);
      const { errors } = payload as { errors: readonly Parameters<typeof readFragment<typeof Problem>>[1][] };
      if (errors.length) return { kind: "refused", problems: errors.map((each) => readFragment(Problem, each)) as never };
      return { kind: "done", payload: payload as PayloadOf<Data> };
    },
    [client, document],
  );
  return { run, running };
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
