import { createBrowserRouter, type RouteObject } from "react-router";
import { Shell } from "@/features/shell";
import { Crashed, NotFound } from "@/features/shell/Crashed";
import { latePage } from "./LatePage";
import { Session } from "./Session";

/** A page that is loaded when somebody goes there. */
function page(path: string, load: () => Promise<{ Component: React.ComponentType }>): RouteObject {
  return { path, lazy: () => load().catch(async () => ({ Component: await latePage() })), ErrorBoundary: Crashed };
}

export const routes: RouteObject[] = [
  {
    element: <Session />,
    ErrorBoundary: Crashed,
    // Nothing waits for a page's file on the first visit: the session is asked for meanwhile.
    HydrateFallback: () => null,
    children: [
      {
        element: <Shell />,
        children: [
          { ...page("/", async () => ({ Component: (await import("@/features/home")).HomePage })) },
          page("/customers", async () => ({ Component: (await import("@/features/customer")).CustomersPage })),
          page("/customers/:id", async () => ({ Component: (await import("@/features/customer")).CustomerPage })),
          page("/tasks", async () => ({ Component: (await import("@/features/task")).TasksPage })),
          page("/tickets", async () => ({ Component: (await import("@/features/ticket")).TicketsPage })),
          page("/alerts", async () => ({ Component: (await import("@/features/alert")).AlertsPage })),
          page("/access-log", async () => ({ Component: (await import("@/features/access-log")).AccessLogPage })),
          { path: "*", Component: NotFound },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
