import type { Cache, DataField, OptimisticMutationResolver, UpdateResolver } from "@urql/exchange-graphcache";
import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf, tellsOfChange } from "@/graph/stale";

type Input = Record<string, unknown> & { id: string };

interface Answer {
  errors: readonly unknown[];
  ticket: { customer?: { __typename: string; id: string } | null } | null;
}

/** So many events are shown. */
const LAST = 100;

/** What becomes of a ticket is shown before the bank has said so; the lists that it may have entered or left follow. */
export function ticketRules(): CacheRules {
  return together(newestOf("Ticket"), {
    optimistic: {
      commentTicket: becomes("CommentTicketPayload", (input, cache) => ({
        ...(typeof input.waitsForCustomer === "boolean" ? { state: input.waitsForCustomer ? "WAITING" : "OPEN" } : {}),
        events: withNote(cache, input),
      })),
      transferTicket: becomes("TransferTicketPayload", (input) => ({
        assignedTo: input.toStaffId ? { __typename: "Staff", id: input.toStaffId } : null,
      })),
      escalateTicket: becomes("EscalateTicketPayload", (input, cache) => ({
        level: Number(cache.resolve({ __typename: "Ticket", id: input.id }, "level") ?? 0) + 1,
      })),
      closeTicket: becomes("CloseTicketPayload", (input) => ({
        state: "CLOSED",
        closedAt: new Date().toISOString(),
        resolution: input.resolution,
        satisfaction: input.satisfaction ?? null,
      })),
      reopenTicket: becomes("ReopenTicketPayload", () => ({ state: "OPEN", closedAt: null })),
    },
    updates: {
      Mutation: {
        openTicket: changes("openTicket"),
        commentTicket: changes("commentTicket"),
        transferTicket: changes("transferTicket"),
        escalateTicket: changes("escalateTicket"),
        closeTicket: changes("closeTicket"),
        reopenTicket: changes("reopenTicket"),
      },
      Subscription: {
        ticketQueue(result, _args, cache) {
          if (tellsOfChange(result.ticketQueue)) forgetField(cache, "Query", "tickets");
        },
      },
    },
  });
}

function becomes(payload: string, changed: (input: Input, cache: Cache) => Record<string, unknown>): OptimisticMutationResolver {
  return (args, cache) => {
    const input = args.input as Input;
    return {
      __typename: payload,
      ticket: { __typename: "Ticket", id: input.id, ...changed(input, cache) } as DataField,
      errors: [],
    };
  };
}

/** The events with what is just being written down at their end, by the reader. */
function withNote(cache: Cache, input: Input) {
  const events = cache.resolve({ __typename: "Ticket", id: input.id }, "events", { last: LAST });
  const nodes = (cache.resolve(events as string, "nodes") ?? []) as string[];
  const state = cache.resolve({ __typename: "Ticket", id: input.id }, "state");
  const waits = input.waitsForCustomer;
  const changesState = typeof waits === "boolean" && waits !== (state === "WAITING");
  const staff = cache.resolve(cache.resolve("Query", "viewer") as string, "staff") as string | null;
  return {
    __typename: "TicketEventConnection",
    nodes: [
      ...nodes.slice(1 - LAST).map((node) => ({ __typename: "TicketEvent", id: cache.resolve(node, "id") })),
      {
        __typename: "TicketEvent",
        id: "tev_new",
        kind: changesState ? (waits ? "WAITING" : "RESUMED") : "COMMENTED",
        happenedAt: new Date().toISOString(),
        note: input.note,
        staff: staff && { __typename: "Staff", id: cache.resolve(staff, "id") },
        toStaff: null,
        toBranch: null,
      },
    ],
  };
}

function changes(mutation: string): UpdateResolver {
  return (result, args, cache, info) => {
    const { ticket, errors } = result[mutation] as unknown as Answer;
    if (info.optimistic || errors.length) return;
    forgetField(cache, "Query", "tickets");
    // It is out of the reader's sight now.
    if (!ticket) cache.invalidate({ __typename: "Ticket", id: (args.input as Input).id });
    if (ticket?.customer) forgetField(cache, { __typename: ticket.customer.__typename, id: ticket.customer.id }, "tickets");
  };
}
