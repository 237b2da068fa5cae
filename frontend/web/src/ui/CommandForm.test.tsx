import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { type Exchange, Provider, createClient, gql } from "urql";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { filter, map, pipe } from "wonka";
import { startLanguage } from "@/i18n/language";
import { CommandForm } from "./CommandForm";
import { TextField } from "./fields";
import { MessageProvider } from "./useMessage";

const RENAME = gql`
  mutation Rename($input: RenameInput!, $idempotencyKey: String!) {
    rename(input: $input, idempotencyKey: $idempotencyKey) {
      errors { __typename message path }
    }
  }
`;

interface Sent {
  input: { title: string; expectedVersion: number };
  idempotencyKey: string;
}

type Problem = { __typename: string; path: string[]; currentVersion?: number };

beforeAll(async () => {
  window.matchMedia ??= (() => ({ matches: false, addListener() {}, removeListener() {} })) as never;
  await startLanguage("en");
});
afterEach(cleanup);

/** A form over a bank that answers each attempt with the next of `answers`: its problems, or that it could not be reached. */
function opened(answers: (readonly Problem[] | "lost")[]) {
  const sent: Sent[] = [];
  const answer: Exchange = () => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind === "mutation"),
      map((operation) => {
        sent.push(operation.variables as Sent);
        const errors = answers.shift() ?? [];
        if (errors === "lost") return { operation, error: { graphQLErrors: [], networkError: new Error() }, data: undefined } as never;
        return { operation, data: { rename: { errors } }, stale: false, hasNext: false };
      }),
    );
  const client = createClient({ url: "/", preferGetMethod: false, exchanges: [answer] });
  const onConflict = vi.fn();
  const onClose = vi.fn();
  const form = (version: number, title = "Old") => (
    <Provider value={client}>
      <MessageProvider>
        <CommandForm
          title="Rename"
          command={RENAME as never}
          version={version}
          initialValues={{ title }}
          variables={(typed: { title: string }, expectedVersion) => ({ input: { title: typed.title, expectedVersion } }) as never}
          done="Renamed"
          onConflict={onConflict}
          onClose={onClose}
        >
          <TextField name="title" label="Title" required max={10} />
        </CommandForm>
      </MessageProvider>
    </Provider>
  );
  const { rerender } = render(form(1));
  return { sent, onConflict, onClose, show: (version: number, title?: string) => rerender(form(version, title)) };
}

function type(text: string) {
  fireEvent.change(screen.getByLabelText("Title"), { target: { value: text } });
}

async function send() {
  await act(async () => fireEvent.keyDown(screen.getByLabelText("Title"), { key: "Enter", ctrlKey: true }));
}

const conflict: Problem = { __typename: "Conflict", path: ["input", "expectedVersion"], currentVersion: 2 };

test("what is typed is sent with the version that was shown when the form was opened", async () => {
  const { sent } = opened([[]]);
  type("New");
  await send();
  await waitFor(() => expect(sent.map(({ input }) => input)).toEqual([{ title: "New", expectedVersion: 1 }]));
  await screen.findByText("Renamed");
});

test("a problem is said at its field, and gone when the field is changed", async () => {
  opened([[{ __typename: "InvalidInput", path: ["input", "title"] }]]);
  type("New");
  await send();
  await screen.findByText("This value does not fit here.");
  await waitFor(() => expect(screen.getByLabelText("Title").getAttribute("aria-invalid")).toBe("true"));
  await act(async () => type("Newer"));
  await waitFor(() => expect(screen.queryByText("This value does not fit here.")).toBeNull());
});

test("a conflict is said, the row read anew, what was typed kept, and sent again from the version that is shown then", async () => {
  const { sent, onConflict, show } = opened([[conflict], []]);
  type("New");
  await send();
  await screen.findByText(/Somebody else has changed this/);
  expect(onConflict).toHaveBeenCalledTimes(1);
  show(2, "Theirs");
  expect((screen.getByLabelText("Title") as HTMLInputElement).value).toBe("New");
  await send();
  await waitFor(() => expect(sent[1]?.input).toEqual({ title: "New", expectedVersion: 2 }));
});

test("a change that the page learns of by itself is said before anything is sent", async () => {
  const { sent, show } = opened([[]]);
  type("New");
  show(2);
  await screen.findByText(/Somebody else has changed this/);
  await send();
  await waitFor(() => expect(sent[0]?.input.expectedVersion).toBe(2));
});

test("a field that nobody has touched shows the row as it is now", () => {
  const { show } = opened([]);
  show(2, "Theirs");
  expect((screen.getByLabelText("Title") as HTMLInputElement).value).toBe("Theirs");
});

test("an attempt whose answer was lost is made again under the same key", async () => {
  const { sent } = opened(["lost", []]);
  type("New");
  await send();
  await screen.findByText("No connection to the bank");
  await send();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.idempotencyKey).toBe(sent[0]?.idempotencyKey);
});

test("nothing is sent while a field is wrong", async () => {
  const { sent } = opened([]);
  type("Much too long a title");
  await send();
  await screen.findByText("At most 10 characters");
  expect(sent).toEqual([]);
});
