import { LineChartOutlined, TableOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { EChartsCoreOption } from "echarts/core";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "./states";

const Plot = lazy(() => import("./chart/Plot"));

/**
 * A chart of ECharts, loaded when it is shown, and the same numbers as a table behind a switch. Colours, type and the tip's
 * look come from the page.
 *
 * option  of ECharts, the same object while nothing changed: charts are lines, bars and pies on a grid
 * label   what is drawn, in words, for those who do not see it
 * table   the same numbers; a <DataTable>
 */
export function Chart(props: {
  label: string;
  option: EChartsCoreOption;
  table: ReactNode;
  height?: number;
  /** Which part of it is shown, beside the switch. */
  controls?: ReactNode;
}) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const { height = 280 } = props;
  return (
    <div className="chart-frame">
      <div className="chart-frame__head">
        {props.controls}
        <Button
          size="small"
          type="text"
          className="chart-frame__switch"
          icon={asTable ? <LineChartOutlined aria-hidden /> : <TableOutlined aria-hidden />}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? "ui.asChart" : "ui.asTable")}
        </Button>
      </div>
      {asTable ? (
        // It scrolls, by keyboard too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="chart-frame__table" role="region" aria-label={props.label} tabIndex={0}>
          {props.table}
        </div>
      ) : (
        <Suspense fallback={<Loading lines={Math.ceil(height / 40)} />}>
          <Plot label={props.label} option={props.option} height={height} />
        </Suspense>
      )}
    </div>
  );
}
