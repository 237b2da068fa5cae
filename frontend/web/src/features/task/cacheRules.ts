import type { Cache, OptimisticMutationResolver, UpdateResolver } from "@urql/exchange-graphcache";
import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf, tellsOfChange } from "@/graph/stale";

interface Related {
  __typename: string;
  id: string;
}

interface Answer {
  errors: readonly unknown[];
  task: { customer?: Related | null; parent?: Related | null; ticket?: Related | null } | null;
}

/** What becomes of a task is shown before the bank has said so; the lists that it may have entered or left follow. */
export function taskRules(): CacheRules {
  return together(newestOf("Task"), {
    optimistic: {
      completeTask: becomes("CompleteTaskPayload", (input) => ({
        state: "COMPLETED",
        completedAt: new Date().toISOString(),
        completedThrough: input.completedThrough ?? null,
        result: input.result ?? null,
      })),
      handBackTask: becomes("HandBackTaskPayload", (input) => ({
        state: "HANDED_BACK",
        assignedTo: null,
        handBackReason: input.reason,
      })),
      cancelTask: becomes("CancelTaskPayload", () => ({ state: "CANCELLED" })),
    },
    updates: {
      Mutation: {
        createTask: changes("createTask"),
        assignTask: changes("assignTask"),
        completeTask: changes("completeTask"),
        handBackTask: changes("handBackTask"),
        cancelTask: changes("cancelTask"),
      },
      Subscription: {
        myTasks(result, _args, cache) {
          if (tellsOfChange(result.myTasks)) forgetField(cache, "Query", "tasks");
        },
      },
    },
  });
}

function becomes(
  payload: string,
  changed: (input: Record<string, unknown>) => Record<string, unknown>,
): OptimisticMutationResolver {
  return ({ input }) => {
    const given = input as Record<string, unknown>;
    return {
      __typename: payload,
      task: { __typename: "Task", id: given.id, ...changed(given) } as never,
      errors: [],
    };
  };
}

function changes(mutation: string): UpdateResolver {
  return (result, args, cache, info) => {
    const { task, errors } = result[mutation] as unknown as Answer;
    if (info.optimistic || errors.length) return;
    forgetField(cache, "Query", "tasks");
    if (!task) {
      forget(cache, (args.input as { id?: string }).id);
      return;
    }
    if (task.customer) forgetField(cache, entity(task.customer), "tasks");
    if (task.parent) forgetField(cache, entity(task.parent), "subtasks");
    if (task.ticket) forgetField(cache, entity(task.ticket), "tasks");
  };
}

/** It is out of the reader's sight now. */
function forget(cache: Cache, id: string | undefined) {
  if (id) cache.invalidate({ __typename: "Task", id });
}

function entity({ __typename, id }: Related) {
  return { __typename, id };
}
