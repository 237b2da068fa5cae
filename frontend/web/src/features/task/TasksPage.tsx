import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useBank } from "@/session/BankContext";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { DataTable } from "@/ui/DataTable";
import { type Sort, useListState } from "@/ui/listState";
import { ListToolbar } from "@/ui/ListToolbar";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded, NoPermission } from "@/ui/states";
import { useTableSettings } from "@/ui/TableSettings";
import { useShown } from "@/ui/useShown";
import { NewTaskButton } from "./NewTaskButton";
import { type TaskOf, useTaskColumns } from "./taskColumns";
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
const ROWS = 20;

/** What the reader has to do (我的任务), and what they gave others to do. */
export function TasksPage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const bank = useBank();
  const mayRead = usePermission("task:read") !== null;
  const list = useListState(FIRST_SORT, SORTS, BESIDES);
  const shown = useShown("task");
  const where = useMemo(() => taskWhere(list, viewer, bank), [list, viewer, bank]);
  const page = usePage(
    TasksQuery,
    { where, orderBy: [list.sort as never], first: ROWS, after: list.page.after },
    { pause: !mayRead },
  );
  useMyTasks();
  const columns = useTaskColumns(shown.href, { ofOneCustomer: false });
  const settings = useTableSettings("tasks", columns);
  const title = t("task.title");
  if (!mayRead) {
    return (
      <Page title={title}>
        <Panel>
          <NoPermission what={title} />
        </Panel>
      </Page>
    );
  }
  return (
    <Page title={title} actions={<NewTaskButton primary />}>
      <Panel flush refreshing={page.refreshing}>
        <ListToolbar list={list} settings={settings}>
          <TaskFilters list={list} />
        </ListToolbar>
        <Loaded page={page} lines={12}>
          {({ tasks }) =>
            !tasks || tasks.nodes.length === 0 ? (
              <Empty title={t(list.isFiltered ? "task.emptyFiltered" : "task.empty")}>
                {list.isFiltered && <Button onClick={list.clear}>{t("ui.clearFilters")}</Button>}
              </Empty>
            ) : (
              <>
                <DataTable<TaskOf>
                  label={t("task.list")}
                  columns={settings.shown}
                  rows={tasks.nodes}
                  rowKey={(row) => row.id}
                  href={(row) => shown.href(row.id)}
                  sort={list.sort}
                  onSort={list.setSort}
                  compact={settings.compact}
                />
                <Pager list={list} pageInfo={tasks.pageInfo} totalCount={tasks.totalCount} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <TaskDrawer shown={shown} />
    </Page>
  );
}
