import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, readFragment, usePage } from "@/graph";
import type { AccessAlertRowFragment as AccessAlertRow, AccessAlertState } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { type Column, DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { usePages } from "@/ui/usePages";
import { Instant, Nothing, Tag } from "@/ui/values";
import { CloseAccessAlert } from "./CloseAccessAlert";
import { STATE_TONES } from "./accessTones";
import { useAccessAlertInbox } from "./useAccessAlertInbox";

const AccessAlertRowFragment = graphql(`
  fragment AccessAlertRow on AccessAlert {
    id
    version
    rule
    state
    windowBeganAt
    windowEndedAt
    measured
    threshold
    finding
    note
    closedAt
    staff {
      id
      name
      branch {
        id
        name
      }
    }
    closedBy {
      id
      name
    }
  }
`);

const AccessAlertsQuery = graphql(`
  query AccessAlerts($where: AccessAlertWhere, $first: Int!, $after: String) {
    accessAlerts(where: $where, orderBy: [{ field: WINDOW_BEGAN_AT, direction: DESC }], first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...AccessAlertRow
      }
    }
  }
`);

const ROWS = 20;

/** Entries of the access log that look like misuse, for those who look into them. */
export function AccessAlerts() {
  const { t } = useTranslation();
  const format = useFormat();
  const viewer = useViewer();
  const mayClose = usePermission("access_alert:close") !== null;
  const [state, setState] = useState<AccessAlertState | "">("OPEN");
  // The one in hand stays in hand when it has left the list.
  const [inHand, setInHand] = useState<{ id: string; version: number } | null>(null);
  const pages = usePages();
  const page = usePage(AccessAlertsQuery, {
    where: state ? { state: { eq: state } } : null,
    first: ROWS,
    after: pages.page.after,
  });
  useAccessAlertInbox();
  const alerts = (page.data?.accessAlerts?.nodes ?? []).map((node) => readFragment(AccessAlertRowFragment, node));
  const current = inHand && (alerts.find(({ id }) => id === inHand.id) ?? inHand);

  const columns: readonly Column<AccessAlertRow>[] = [
    { key: "rule", title: t("accessLog.rule"), render: ({ rule }) => t(`terms.AccessAlertRule.${rule}`) },
    {
      key: "staff",
      title: t("accessLog.staff"),
      render: ({ staff }) => (staff ? <Link to={`/access-log?staff=${staff.id}`}>{staff.name}</Link> : <Nothing />),
    },
    { key: "branch", title: t("accessLog.branch"), render: ({ staff }) => staff?.branch?.name ?? <Nothing /> },
    {
      key: "window",
      title: t("accessLog.window"),
      render: ({ windowBeganAt, windowEndedAt }) => (
        <span>
          <Instant value={windowBeganAt} short /> – <Instant value={windowEndedAt} short />
        </span>
      ),
    },
    {
      key: "measured",
      title: t("accessLog.measured"),
      number: true,
      render: ({ measured, threshold }) => `${format.count(measured)} / ${format.count(threshold)}`,
    },
    {
      key: "state",
      title: t("accessLog.state"),
      render: (row) => (
        <Tag tone={STATE_TONES[row.state]}>
          {row.finding ? t(`terms.AccessAlertFinding.${row.finding}`) : t(`terms.AccessAlertState.${row.state}`)}
        </Tag>
      ),
    },
    { key: "note", title: t("accessLog.finding"), render: ({ note }) => note ?? <Nothing /> },
    {
      key: "actions",
      title: t("accessLog.todo"),
      // Nobody looks into what they did themselves.
      render: (row) =>
        mayClose && row.state === "OPEN" && row.staff?.id !== viewer.staff?.id ? (
          <Button size="small" type="text" onClick={() => setInHand(row)}>
            {t("accessLog.close")}
          </Button>
        ) : null,
    },
  ];

  return (
    <Panel flush refreshing={page.refreshing}>
      <div className="toolbar">
        <Select
          value={state}
          onChange={(chosen) => {
            setState(chosen);
            pages.setSort(null);
          }}
          options={[
            { value: "", label: `${t("accessLog.state")}: ${t("ui.all")}` },
            { value: "OPEN", label: t("terms.AccessAlertState.OPEN") },
            { value: "CLOSED", label: t("terms.AccessAlertState.CLOSED") },
          ]}
          aria-label={t("accessLog.state")}
          popupMatchSelectWidth={false}
          style={{ minWidth: 120 }}
        />
      </div>
      <Loaded page={page} lines={6}>
        {({ accessAlerts }) =>
          alerts.length === 0 ? (
            <Empty title={t("accessLog.noAlerts")} detail={t("accessLog.noAlertsDetail")} />
          ) : (
            <>
              <DataTable<AccessAlertRow> label={t("accessLog.alerts")} columns={columns} rows={alerts} rowKey={({ id }) => id} />
              {accessAlerts && (
                <Pager list={pages} pageInfo={accessAlerts.pageInfo} totalCount={accessAlerts.totalCount} />
              )}
            </>
          )
        }
      </Loaded>
      {current && (
        <CloseAccessAlert
          id={current.id}
          version={current.version}
          onConflict={page.reload}
          onClose={() => setInHand(null)}
        />
      )}
    </Panel>
  );
}
