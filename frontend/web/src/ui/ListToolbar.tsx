import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ListState } from "./listState";
import { type Settings, TableSettings } from "./TableSettings";

/** Above a list: its filters, the way back to all of it, and how it is shown. */
export function ListToolbar<Row>(props: { list: ListState; settings: Settings<Row>; children: ReactNode }) {
  const { t } = useTranslation();
  const { list, settings } = props;
  return (
    <div className="toolbar toolbar--filters">
      {props.children}
      {list.isFiltered && (
        <Button type="link" onClick={list.clear}>
          {t("ui.clearFilters")}
        </Button>
      )}
      <div className="toolbar__end">
        <TableSettings settings={settings} />
      </div>
    </div>
  );
}
