import { cacheExchange } from "@urql/exchange-graphcache";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { createClient, fetchExchange, gql, Provider } from "urql";
import { afterEach, expect, test } from "vitest";
import { usePage } from "./usePage";

const THING = gql`
  query Thing($id: ID!) {
    thing(id: $id) {
      __typename
      id
    }
  }
`;

afterEach(cleanup);

/** A page about a thing, of a bank that can be cut off. */
function opened() {
  const bank = { isThere: true, code: null as string | null, status: 200 };
  const client = createClient({
    url: "http://bank/",
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    exchanges: [cacheExchange({}), fetchExchange],
    fetch: async (_, init) => {
      if (!bank.isThere) throw new TypeError("Failed to fetch");
      const { id } = JSON.parse(String(init?.body)).variables;
      const answer = bank.code
        ? { errors: [{ message: "", extensions: { code: bank.code } }] }
        : { data: { thing: { __typename: "Thing", id } } };
      return new Response(JSON.stringify(answer), { status: bank.status, headers: { "Content-Type": "application/json" } });
    },
  });
  const hook = renderHook(({ id }) => usePage<{ thing: { id: string } }, { id: string }>(THING, { id }), {
    initialProps: { id: "one" },
    wrapper: ({ children }) => <Provider value={client}>{children}</Provider>,
  });
  return { bank, ...hook };
}

test("what was shown stays where the connection is lost when it is asked for anew", async () => {
  const { bank, result } = opened();
  await waitFor(() => expect(result.current.data?.thing.id).toBe("one"));
  bank.isThere = false;
  act(() => result.current.reload());
  await waitFor(() => expect(result.current.failure?.kind).toBe("offline"));
  expect(result.current.data?.thing.id).toBe("one");
});

test("nothing of another thing is shown in the place of one that could not be had", async () => {
  const { bank, result, rerender } = opened();
  await waitFor(() => expect(result.current.data?.thing.id).toBe("one"));
  bank.isThere = false;
  rerender({ id: "two" });
  await waitFor(() => expect(result.current.failure?.kind).toBe("offline"));
  expect(result.current.data).toBeUndefined();
});

test("what the reader may see no longer is not shown", async () => {
  const { bank, result } = opened();
  await waitFor(() => expect(result.current.data?.thing.id).toBe("one"));
  bank.code = "FORBIDDEN";
  act(() => result.current.reload());
  await waitFor(() => expect(result.current.failure?.kind).toBe("forbidden"));
  expect(result.current.data).toBeFalsy();
});

test.each([
  ["broken", "INTERNAL", 500],
  ["outdated", "PERSISTED_QUERY_NOT_FOUND", 404],
])("what was shown stays where asking anew fails for another reason (%s)", async (kind, code, status) => {
  const { bank, result } = opened();
  await waitFor(() => expect(result.current.data?.thing.id).toBe("one"));
  Object.assign(bank, { code, status });
  act(() => result.current.reload());
  await waitFor(() => expect(result.current.failure?.kind).toBe(kind));
  expect(result.current.data?.thing.id).toBe("one");
});
