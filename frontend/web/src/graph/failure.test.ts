import { CombinedError } from "urql";
import { expect, test } from "vitest";
import { failureOf } from "./failure";

function refused(code: string, status = 200): CombinedError {
  return new CombinedError({
    graphQLErrors: [{ message: "no", extensions: { code, requestId: "r1" } }],
    response: { status },
  });
}

test("an answer's code says what went wrong, and its request can be found", () => {
  expect(failureOf(refused("FORBIDDEN", 403))).toEqual({ kind: "forbidden", requestId: "r1" });
  expect(failureOf(refused("RATE_LIMITED", 429)).kind).toBe("busy");
  expect(failureOf(refused("INVALID_REQUEST", 400)).kind).toBe("mistaken");
  expect(failureOf(refused("INTERNAL", 500)).kind).toBe("broken");
});

test("a document that is not trusted any more is of an older page", () => {
  expect(failureOf(refused("INVALID_REQUEST", 404)).kind).toBe("outdated");
});

test("no answer at all is a lost connection", () => {
  expect(failureOf(new CombinedError({ networkError: new TypeError("Failed to fetch") }))).toEqual({
    kind: "offline",
    requestId: null,
  });
});
