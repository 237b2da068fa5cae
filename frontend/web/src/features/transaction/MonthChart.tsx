import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import type { TransactionWhere } from "@/graph/generated/graphql";
import { useBank } from "@/session/BankContext";
import { useAbsent } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { MonthBars } from "./MonthBars";
import { flowOf } from "./monthFlow";

const MonthFlowQuery = graphql(`
  query MonthFlow($where: TransactionWhere!) {
    transactions(where: $where, first: 1) {
      aggregates(groupBy: [{ field: BOOKED_ON, per: MONTH }, { field: DIRECTION }], first: 400) {
        key {
          bookedOn
          direction
        }
        count
        amount {
          currency
          sum
        }
      }
    }
  }
`);

/** What came in and went out per month, of the movements that are looked at. */
export function MonthChart(props: { where: TransactionWhere; months: number | null }) {
  const { t } = useTranslation();
  const { businessDate } = useBank();
  const absent = useAbsent("0.00");
  const id = useId();
  const [isOpen, setOpen] = useState(true);
  const page = usePage(MonthFlowQuery, { where: props.where }, { pause: !isOpen });
  const { data } = page;
  const flows = useMemo(
    () => flowOf(data?.transactions?.aggregates ?? [], { to: businessDate, months: props.months }, absent),
    [data, businessDate, props.months, absent],
  );
  const [wanted, setCurrency] = useState<string | null>(null);
  const flow = flows.find(({ currency }) => currency === wanted) ?? flows[0];
  return (
    <Panel
      flush
      title={t("transaction.chart.title")}
      refreshing={page.refreshing}
      extra={
        <Button
          type="text"
          size="small"
          aria-expanded={isOpen}
          aria-controls={id}
          icon={isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? "transaction.chart.hide" : "transaction.chart.show")}
        </Button>
      }
    >
      <div id={id}>
        {isOpen && (
          <Loaded page={page} lines={5}>
            {() =>
              flow ? (
                <MonthBars
                  flow={flow}
                  controls={
                    flows.length > 1 && (
                      <Segmented
                        aria-label={t("transaction.chart.currency")}
                        value={flow.currency}
                        onChange={setCurrency}
                        options={flows.map(({ currency }) => currency)}
                      />
                    )
                  }
                />
              ) : (
                <Empty title={t("transaction.noneFiltered")} />
              )
            }
          </Loaded>
        )}
      </div>
    </Panel>
  );
}
