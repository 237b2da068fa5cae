import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, readFragment, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { Empty, Loaded, NoPermission } from "@/ui/states";
import { TaskRow } from "./taskFragments";
import { TaskLines } from "./TaskLines";
import { useMyTasks } from "./useMyTasks";

const DueTasksQuery = graphql(`
  query DueTasks($me: ID!, $first: Int!) {
    tasks(
      where: { and: [{ assignedTo: { id: { eq: $me } } }, { state: { eq: OPEN } }] }
      orderBy: [{ field: DUE_AT }]
      first: $first
    ) {
      nodes {
        id
        ...TaskRow
      }
    }
  }
`);

const CompleteTask = lazy(async () => ({ default: (await import("./CompleteTask")).CompleteTask }));

/** What the reader has to do next, in a few lines. */
export function DueTasks(props: { first: number }) {
  const { t } = useTranslation();
  const { staff } = useViewer();
  const mayRead = usePermission("task:read") !== null;
  const mayComplete = usePermission("task:complete") !== null;
  const page = usePage(DueTasksQuery, { me: staff?.id ?? "", first: props.first }, { pause: !mayRead || !staff });
  useMyTasks();
  // The one in hand stays in hand when it has left the list.
  const [inHand, setInHand] = useState<{ id: string; version: number; title: string } | null>(null);
  const rows = page.data?.tasks?.nodes.map((each) => readFragment(TaskRow, each));
  const current = inHand && (rows?.find(({ id }) => id === inHand.id) ?? inHand);
  if (!mayRead) return <NoPermission what={t("task.title")} />;
  if (!staff) return <Empty title={t("task.empty")} />;
  return (
    <>
      <Loaded page={page} lines={props.first}>
        {({ tasks }) =>
          tasks?.nodes.length ? (
            <TaskLines
              tasks={tasks.nodes}
              href={(id) => `/tasks?task=${id}`}
              renderEnd={(each) => {
                const task = readFragment(TaskRow, each);
                return (
                  mayComplete && (
                    <Button size="small" aria-label={t("task.completing", { title: task.title })} onClick={() => setInHand(task)}>
                      {t("task.complete")}
                    </Button>
                  )
                );
              }}
            />
          ) : (
            <Empty title={t("task.empty")} />
          )
        }
      </Loaded>
      {current && (
        <Suspense fallback={null}>
          <CompleteTask task={current} onConflict={page.reload} onClose={() => setInHand(null)} />
        </Suspense>
      )}
    </>
  );
}
