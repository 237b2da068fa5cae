import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import type { AccessReadersQuery as Answer } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { type Column, DataTable } from "@/ui/DataTable";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Instant, Nothing } from "@/ui/values";
import { NoStaff } from "./NoStaff";

const AccessReadersQuery = graphql(`
  query AccessReaders($id: ID!) {
    customer(id: $id) {
      id
      accessLog(first: 1) {
        aggregates(groupBy: [{ field: STAFF }], orderBy: LARGEST_FIRST, first: 10) {
          key {
            staff {
              id
              name
              branch {
                id
                name
              }
            }
          }
          count
          recordedAt {
            max
          }
        }
      }
    }
  }
`);

type Row = NonNullable<NonNullable<Answer["customer"]>["accessLog"]>["aggregates"][number];

/** Who saw a customer most often, and when the last time. */
export function AccessReaders(props: { customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const page = usePage(AccessReadersQuery, { id: props.customerId });
  const columns: readonly Column<Row>[] = [
    { key: "staff", title: t("accessLog.staff"), render: ({ key }) => key.staff?.name ?? <NoStaff /> },
    { key: "branch", title: t("accessLog.branch"), render: ({ key }) => key.staff?.branch?.name ?? <Nothing /> },
    { key: "count", title: t("accessLog.howOften"), number: true, render: ({ count }) => format.count(count) },
    { key: "last", title: t("accessLog.last"), render: ({ recordedAt }) => <Instant value={recordedAt?.max} /> },
  ];
  return (
    <Panel title={t("accessLog.who")} flush refreshing={page.refreshing}>
      <Loaded page={page} lines={3}>
        {({ customer }) => {
          const readers = customer?.accessLog?.aggregates ?? [];
          if (readers.length === 0) return <Empty title={t("accessLog.seenByNobody")} />;
          return (
            <DataTable<Row>
              label={t("accessLog.who")}
              columns={columns}
              rows={readers}
              rowKey={({ key }) => key.staff?.id ?? "nobody"}
              compact
            />
          );
        }}
      </Loaded>
    </Panel>
  );
}
