import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { DetailDrawer } from "@/ui/DetailDrawer";
import { Empty, Loaded } from "@/ui/states";
import type { Shown } from "@/ui/useShown";
import { TaskFacts } from "./TaskFacts";

const TaskQuery = graphql(`
  query Task($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Task {
        ...TaskRow
        ...TaskDetail
      }
    }
  }
`);

/** The task that the address names. */
export function TaskDrawer(props: { shown: Shown }) {
  const { t } = useTranslation();
  return (
    <DetailDrawer shown={props.shown} title={t("task.one")}>
      {(id) => <OneTask key={id} id={id} href={props.shown.href} />}
    </DetailDrawer>
  );
}

function OneTask(props: { id: string; href(id: string): string }) {
  const { t } = useTranslation();
  const page = usePage(TaskQuery, { id: props.id });
  return (
    <Loaded page={page} lines={8}>
      {({ node }) =>
        node?.__typename === "Task" ? (
          <TaskFacts task={node} href={props.href} reload={page.reload} />
        ) : (
          <Empty title={t("task.absent")} detail={t("task.absentDetail")} />
        )
      }
    </Loaded>
  );
}
