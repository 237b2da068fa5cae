import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { usePages } from "@/ui/usePages";
import { useShown } from "@/ui/useShown";
import { type TaskOf, useTaskColumns } from "./taskColumns";
import { TaskDrawer } from "./TaskDrawer";

const CustomerTasksQuery = graphql(`
  query CustomerTasks($id: ID!, $first: Int!, $after: String) {
    customer(id: $id) {
      id
      tasks(first: $first, after: $after, orderBy: [{ field: DUE_AT, direction: DESC }]) {
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
  }
`);

const ROWS = 10;

/** What is and was to be done for a customer, the latest first. */
export function CustomerTasksTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const { customerId } = props;
  const list = usePages();
  const shown = useShown("task");
  const page = usePage(CustomerTasksQuery, { id: customerId, first: ROWS, after: list.page.after });
  const columns = useTaskColumns(shown.href, { ofOneCustomer: true });
  return (
    <Panel flush title={t("task.ofCustomer")} refreshing={page.refreshing}>
      <Loaded page={page}>
        {({ customer }) =>
          customer?.tasks?.nodes.length ? (
            <>
              <DataTable<TaskOf>
                label={t("task.list")}
                columns={columns}
                rows={customer.tasks.nodes}
                rowKey={(row) => row.id}
                href={(row) => shown.href(row.id)}
              />
              <Pager list={list} pageInfo={customer.tasks.pageInfo} totalCount={customer.tasks.totalCount} />
            </>
          ) : (
            <Empty title={t("task.noneOfCustomer")} />
          )
        }
      </Loaded>
      <TaskDrawer shown={shown} />
    </Panel>
  );
}
