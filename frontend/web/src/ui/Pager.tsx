import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/useFormat";
import type { ListState, Sort } from "./listState";
import { ROWS, type Settings } from "./TableSettings";
import type { Pages } from "./usePages";

/** From page to page by cursors, and how many rows there are. */
export function Pager(props: {
  list: ListState | Pages;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: string | null | undefined;
  /** How many make a page, where the reader may choose. */
  rows?: Pick<Settings<never>, "rows" | "setRows">;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { list, pageInfo, rows } = props;
  const isFirst = list.page.number <= 1 || !list.page.after;
  const isOnly = isFirst && !pageInfo.hasNextPage;
  const toFirst = () => list.setSort(list.sort as Sort);
  if (isOnly && props.totalCount == null) return null;
  return (
    <nav className="pager" aria-label={t("ui.pages")}>
      <span className="pager__count">
        {props.totalCount != null && t("ui.total", { count: Number(props.totalCount), shown: format.count(props.totalCount) })}
      </span>
      {!isFirst && (
        <Button type="text" size="small" onClick={toFirst}>
          {t("ui.firstPage")}
        </Button>
      )}
      {!isOnly && (
        <>
          <Button size="small" icon={<LeftOutlined aria-hidden />} disabled={isFirst} onClick={list.previous}>
            {t("ui.previous")}
          </Button>
          <span aria-live="polite">{t("ui.page", { number: list.page.number })}</span>
          <Button
            size="small"
            icon={<RightOutlined aria-hidden />}
            iconPlacement="end"
            disabled={!pageInfo.hasNextPage || !pageInfo.endCursor}
            onClick={() => pageInfo.endCursor && list.next(pageInfo.endCursor)}
          >
            {t("ui.next")}
          </Button>
        </>
      )}
      {rows && (!isOnly || rows.rows !== ROWS[0]) && (
        <Select
          size="small"
          value={rows.rows}
          onChange={(chosen) => {
            rows.setRows(chosen);
            // Where a page began is no beginning of a page of another length.
            toFirst();
          }}
          options={ROWS.map((value) => ({ value, label: t("ui.perPage", { rows: value }) }))}
          aria-label={t("ui.rowsPerPage")}
          popupMatchSelectWidth={false}
        />
      )}
    </nav>
  );
}
