import { expect, test } from "vitest";
import documents from "@/graph/generated/persisted-documents.json";
import { isKnown } from "./Action";

/** They show figures, staff or branches, and no customer: the log has no entry of them. */
const OF_NOBODY = new Set(
  (
    "Session Tiers Branches OpenBranches Colleagues Board UnreadAlerts HomeNumbers Outlets Team TierPyramid OpenTickets " +
    "TicketsPerWeek AccessAlertInbox AccessAlerts OpenAccessAlerts"
  ).split(" "),
);

test("whatever the pages ask for or do has words in the log", () => {
  const asked = Object.values(documents).map((text) => {
    const [, kind, name, body = ""] = /(query|mutation|subscription) (\w+)(.*)/.exec(text) ?? [];
    // A command is kept by its field's name.
    return kind === "mutation" ? /\{ __typename (\w+)/.exec(body)?.[1] : name;
  });
  expect(asked.length).toBeGreaterThan(60);
  expect(asked.filter((action) => !action || (!isKnown(action) && !OF_NOBODY.has(action)))).toEqual([]);
});
