import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useBank } from "@/session/BankContext";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { type Sort, useListState } from "@/ui/listState";
import { ListPanel } from "@/ui/ListPanel";
import { NoPermissionPage } from "@/ui/NoPermissionPage";
import { Page } from "@/ui/Page";
import { useTableSettings } from "@/ui/TableSettings";
import { useShown } from "@/ui/useShown";
import { NewTaskButton } from "./NewTaskButton";
import { useTaskColumns } from "./taskColumns";
import { TaskDrawer } from "./TaskDrawer";
import { TaskFilters } from "./TaskFilters";
import { taskWhere } from "./taskWhere";
import { useMyTasks } from "./useMyTasks";

const TasksQuery = graphql(`
  query Tasks($where: TaskWhere, $orderBy: [TaskOrderBy!], $first: Int!, $after: String) {
    tasks(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...TaskRow
      }
    }
  }
`);

const SORTS = ["DUE_AT", "TITLE", "CUSTOMER_DISPLAY_NAME"] as const;
const FIRST_SORT: Sort = { field: "DUE_AT", direction: "ASC" };
const BESIDES = ["task"] as const;

/** What the reader has to do (我的任务), and what they gave others to do. */
export function TasksPage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const bank = useBank();
  const mayRead = usePermission("task:read") !== null;
  const list = useListState(FIRST_SORT, SORTS, BESIDES);
  const shown = useShown("task");
  const where = useMemo(() => taskWhere(list, viewer, bank), [list, viewer, bank]);
  const columns = useTaskColumns(shown.href, { ofOneCustomer: false });
  const settings = useTableSettings("tasks", columns);
  const page = usePage(
    TasksQuery,
    { where, orderBy: [list.sort as never], first: settings.rows, after: list.page.after },
    { pause: !mayRead },
  );
  useMyTasks();
  const title = t("task.title");
  if (!mayRead) return <NoPermissionPage title={title} />;
  return (
    <Page title={title} actions={<NewTaskButton primary />}>
      <ListPanel
        label={t("task.list")}
        list={list}
        settings={settings}
        filters={<TaskFilters list={list} />}
        page={page}
        rows={(data) => data.tasks}
        href={(row) => shown.href(row.id)}
        empty={{ title: t("task.empty"), filtered: t("task.emptyFiltered") }}
      />
      <TaskDrawer shown={shown} />
    </Page>
  );
}
