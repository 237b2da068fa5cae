import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Outlet } from "react-router";
import { Provider } from "urql";
import { graphql, usePage } from "@/graph";
import { graphClient } from "@/graph/client";
import { Live } from "@/graph/live";
import { LiveContext } from "@/graph/LiveContext";
import { BankContext } from "@/session/BankContext";
import { sessionState, watchSession } from "@/session/session";
import { ViewerContext } from "@/session/ViewerContext";
import { Failed } from "@/ui/states";
import { cacheRules } from "./cacheRules";
import { Splash } from "./Splash";
import { useOutdated } from "./useOutdated";

// Who comes back every morning is still signed in, and needs none of it.
const SignInPage = lazy(async () => ({ default: (await import("@/features/sign-in")).SignInPage }));

const SessionQuery = graphql(`
  query Session {
    bank {
      name
      businessDate
      timeZone
      baseCurrency
    }
    viewer {
      username
      smallestCell
      roles {
        role
      }
      permissions {
        permission
        reach
      }
      staff {
        id
        name
        branch {
          id
          name
          level
        }
      }
    }
  }
`);

/** Business dates begin, and permissions are given and taken, while somebody has the page open. */
const ASKED_EVERY_MS = 10 * 60_000;

/** What is below is read by somebody who is signed in; everybody else meets the sign-in page at the same address. */
export function Session() {
  const state = useSyncExternalStore(watchSession, sessionState);
  if (state === "unknown") return <Splash />;
  if (state === "signedOut") {
    return (
      <Suspense fallback={<Splash />}>
        <SignInPage />
      </Suspense>
    );
  }
  return <Graph />;
}

/** One client and one socket per session: what they keep of the bank ends with it. */
function Graph() {
  const { live, client } = useMemo(() => {
    const opened = new Live();
    return { live: opened, client: graphClient(opened, cacheRules()) };
  }, []);
  useEffect(() => () => void live.close(), [live]);
  return (
    <Provider value={client}>
      <LiveContext value={live}>
        <Reader />
      </LiveContext>
    </Provider>
  );
}

function Reader() {
  const { data: latest, failure, reload } = usePage(SessionQuery, {});
  // Who is reading does not become unknown because asking again has failed: what they are writing stays.
  const [data, setData] = useState(latest);
  if (latest && latest !== data) setData(latest);
  useOutdated(failure?.kind === "outdated");
  useEffect(() => {
    const timer = setInterval(reload, ASKED_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const viewer = useMemo(
    () =>
      data && {
        username: data.viewer.username,
        smallestCell: data.viewer.smallestCell,
        roles: Array.from(new Set(data.viewer.roles.map((held) => held.role))),
        staff: data.viewer.staff ?? null,
        permissions: new Map(data.viewer.permissions.map((held) => [held.permission, held.reach])),
      },
    [data],
  );
  if (!data || !viewer) {
    if (!failure) return <Splash />;
    return (
      <main className="whole-page">
        <Failed failure={failure} onRetry={reload} />
      </main>
    );
  }
  return (
    <ViewerContext value={viewer}>
      <BankContext value={data.bank}>
        <Outlet />
      </BankContext>
    </ViewerContext>
  );
}
