import type { CombinedError } from "urql";

/** What went wrong with a request as a whole, in the terms that a page can speak of. */
export type FailureKind = "offline" | "forbidden" | "signedOut" | "tooMuch" | "busy" | "outdated" | "mistaken" | "broken";

export interface Failure {
  kind: FailureKind;
  /** By which the bank's support finds the request in the log. */
  requestId: string | null;
}

const KINDS: Record<string, FailureKind> = {
  FORBIDDEN: "forbidden",
  UNAUTHENTICATED: "signedOut",
  TOO_COMPLEX: "tooMuch",
  RATE_LIMITED: "busy",
  UNAVAILABLE: "busy",
  // What the page asks in is known to be right: an id or a cursor is wrong, as it stands in the address.
  INVALID_REQUEST: "mistaken",
};

const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>(["offline", "busy"]);
/** They say nothing of what was asked for, nor of who may see it. */
const INDIFFERENT: ReadonlySet<FailureKind> = new Set<FailureKind>([...PASSING, "outdated", "broken"]);

/** Whether it passes by itself, so that it is asked for again by itself. */
export function isPassing(failure: Failure | null): boolean {
  return failure !== null && PASSING.has(failure.kind);
}

/** Whether what was shown before stays. */
export function keepsShown(failure: Failure | null): boolean {
  return failure !== null && INDIFFERENT.has(failure.kind);
}

export function failureOf(error: CombinedError): Failure {
  const extensions = error.graphQLErrors[0]?.extensions ?? {};
  const requestId = typeof extensions.requestId === "string" ? extensions.requestId : null;
  // A release after the one that this page is of trusts other documents.
  if (error.response?.status === 404) return { kind: "outdated", requestId };
  if (typeof extensions.code === "string") return { kind: KINDS[extensions.code] ?? "broken", requestId };
  if (error.networkError && !error.response) return { kind: "offline", requestId };
  // What stands before the bank says that nobody answers behind it, in a page of its own.
  if ([502, 503, 504].includes(error.response?.status)) return { kind: "busy", requestId };
  return { kind: "broken", requestId };
}
