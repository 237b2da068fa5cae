import { ColumnHeightOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Tooltip } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "./DataTable";
import { SettingsPopover } from "./SettingsPopover";

export interface Settings<Row> {
  all: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  toggle(key: string): void;
  compact: boolean;
  setCompact(compact: boolean): void;
  /** How many make a page. */
  rows: number;
  setRows(rows: number): void;
}

interface Kept {
  /** By the keys of columns: what the reader chose against what the list does by itself. */
  shown: Record<string, boolean>;
  compact: boolean;
  rows: number;
}

/** The first is the usual one. */
export const ROWS = [20, 50, 100] as const;

/** Which columns of a list are shown, how dense it is and how long its pages: the reader's choice, kept by the name of the list. */
export function useTableSettings<Row>(name: string, columns: readonly Column<Row>[]): Settings<Row> {
  const place = `ketu.table.${name}`;
  const [kept, setKept] = useState(() => read(place));
  return useMemo(() => {
    const keep = (next: Kept) => {
      localStorage.setItem(place, JSON.stringify(next));
      setKept(next);
    };
    const shown = columns.filter(({ key, isExtra }, index) => index === 0 || (kept.shown[key] ?? !isExtra));
    return {
      all: columns,
      shown,
      toggle: (key) =>
        keep({ ...kept, shown: { ...kept.shown, [key]: !shown.some((column) => column.key === key) } }),
      compact: kept.compact,
      setCompact: (compact) => keep({ ...kept, compact }),
      rows: kept.rows,
      setRows: (rows) => keep({ ...kept, rows }),
    };
  }, [columns, kept, place]);
}

export function TableSettings<Row>(props: { settings: Settings<Row> }) {
  const { t } = useTranslation();
  const { all, shown, toggle, compact, setCompact } = props.settings;
  const boxes = all.slice(1).map(({ key, title }) => (
    <div key={key}>
      <Checkbox checked={shown.some((column) => column.key === key)} onChange={() => toggle(key)}>
        {title}
      </Checkbox>
    </div>
  ));
  return (
    <>
      <Tooltip title={`${t("ui.density")}: ${t(compact ? "ui.compact" : "ui.comfortable")}`}>
        <Button
          type="text"
          icon={<ColumnHeightOutlined aria-hidden />}
          aria-label={t("ui.density")}
          aria-pressed={compact}
          onClick={() => setCompact(!compact)}
        />
      </Tooltip>
      <SettingsPopover title={t("ui.columns")} icon={<SettingOutlined aria-hidden />} iconOnly>
        {boxes}
      </SettingsPopover>
    </>
  );
}

function read(place: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "{}");
    return {
      shown: typeof kept.shown === "object" && kept.shown ? kept.shown : {},
      compact: kept.compact === true,
      rows: ROWS.find((rows) => rows === kept.rows) ?? ROWS[0],
    };
  } catch {
    return { shown: {}, compact: false, rows: ROWS[0] };
  }
}
