import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PageState } from "@/graph/usePage";
import { DataTable } from "./DataTable";
import type { ListState } from "./listState";
import { ListToolbar } from "./ListToolbar";
import { Pager } from "./Pager";
import { Panel } from "./Panel";
import { Empty, Loaded } from "./states";
import type { Settings } from "./TableSettings";

interface Connection<Row> {
  nodes: readonly Row[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: string | null;
}

/** A list whose state stands in the address: its filters, its rows or why there are none, and its pages. */
export function ListPanel<Data, Row extends { id: string }>(props: {
  label: string;
  list: ListState;
  settings: Settings<Row>;
  filters: ReactNode;
  page: PageState<Data>;
  rows(data: Data): Connection<Row> | null | undefined;
  href(row: Row): string;
  /** What is said where there are none, and where none fits the filters. */
  empty: { title: string; detail?: string; filtered: string };
}) {
  const { t } = useTranslation();
  const { list, settings, page, empty } = props;
  return (
    <Panel flush refreshing={page.refreshing}>
      <ListToolbar list={list} settings={settings}>
        {props.filters}
      </ListToolbar>
      <Loaded page={page} lines={12}>
        {(data) => {
          const connection = props.rows(data);
          if (!connection?.nodes.length) {
            return list.isFiltered ? (
              <Empty title={empty.filtered}>
                <Button onClick={list.clear}>{t("ui.clearFilters")}</Button>
              </Empty>
            ) : (
              <Empty title={empty.title} detail={empty.detail} />
            );
          }
          return (
            <>
              <DataTable<Row>
                label={props.label}
                columns={settings.shown}
                rows={connection.nodes}
                rowKey={(row) => row.id}
                href={props.href}
                sort={list.sort}
                onSort={list.setSort}
                compact={settings.compact}
              />
              <Pager list={list} pageInfo={connection.pageInfo} totalCount={connection.totalCount} rows={settings} />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
