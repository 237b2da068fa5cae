import type { Exchange, Operation } from "urql";
import { pipe, tap } from "wonka";

/** Has all that is shown asked for anew, and stay meanwhile, whenever `watch` tells of a break that is over. */
export function askingAnew(watch: (notify: () => void) => void): Exchange {
  return ({ client, forward }) =>
    (operations) => {
      const shown = new Map<number, Operation>();
      watch(() => {
        for (const query of shown.values()) {
          client.reexecuteOperation(client.createRequestOperation("query", query, { requestPolicy: "cache-and-network" }));
        }
      });
      return forward(
        pipe(
          operations,
          tap((operation) => {
            if (operation.kind === "query") shown.set(operation.key, operation);
            else if (operation.kind === "teardown") shown.delete(operation.key);
          }),
        ),
      );
    };
}
