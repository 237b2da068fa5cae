import type { Fetcher } from "@graphiql/toolkit";

/** How the last request went; the notice under the top bar puts it into words. */
export type Outcome =
  | { kind: "answered"; milliseconds: number; bytes: number; errorCodes: string[]; withheld: string[] }
  | { kind: "refused"; status: number; code: string; message: string; requestId: string | null }
  | { kind: "unreadable"; status: number }
  | { kind: "unreachable" };

interface GraphQLProblem {
  message: string;
  extensions?: { code?: string; requestId?: string };
}

interface Answer {
  data?: unknown;
  errors?: GraphQLProblem[];
  /** `withheld` names the fields that are null because the reader's roles do not allow them. */
  extensions?: { withheld?: string[] };
}

/** Post operations to `/graphql` as the bearer of `token`; never by GET, so that no personal value enters a URL. */
export function fetcherFor(token: string | null, report: (outcome: Outcome) => void): Fetcher {
  return async (operation) => {
    // Without a token the server refuses everything: the notice already says so, a request would add nothing.
    if (token === null) return { errors: [{ message: "No token yet: paste one above." }] };
    const started = performance.now();
    let response: Response;
    let text: string;
    try {
      response = await fetch("/graphql", {
        method: "POST",
        headers: {
          Accept: "application/graphql-response+json, application/json;q=0.9",
          Authorization: `Bearer ${token}`,
          "Content-Type": "application/json",
        },
        body: JSON.stringify(operation),
        cache: "no-store",
        credentials: "omit",
      });
      text = await response.text();
    } catch {
      report({ kind: "unreachable" });
      return { errors: [{ message: "The server did not answer." }] };
    }
    const answer = parse(text);
    if (answer === null) {
      report({ kind: "unreadable", status: response.status });
      return { errors: [{ message: `HTTP ${response.status}: the answer is not JSON.` }] };
    }
    const bytes = new TextEncoder().encode(text).length;
    const outcome = outcomeOf(answer, response.status, { milliseconds: performance.now() - started, bytes });
    // GraphiQL reads the schema by itself; the reader hears of it only when that fails.
    if (operation.operationName !== "IntrospectionQuery" || outcome.kind !== "answered") report(outcome);
    return answer;
  };
}

function parse(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

function outcomeOf(answer: Answer, status: number, cost: { milliseconds: number; bytes: number }): Outcome {
  const [first, ...others] = answer.errors ?? [];
  if (first !== undefined && (answer.data === undefined || answer.data === null)) {
    return {
      kind: "refused",
      status,
      code: first.extensions?.code ?? "",
      message: first.message,
      requestId: first.extensions?.requestId ?? null,
    };
  }
  const errors = first === undefined ? [] : [first, ...others];
  return {
    kind: "answered",
    ...cost,
    errorCodes: errors.map((error) => error.extensions?.code ?? error.message),
    withheld: answer.extensions?.withheld ?? [],
  };
}
