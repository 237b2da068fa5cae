import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/useFormat";
import type { ListState, Sort } from "./listState";
import type { Pages } from "./usePages";

/** From page to page by cursors, and how many rows there are. */
export function Pager(props: {
  list: ListState | Pages;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: string | null | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { list, pageInfo } = props;
  const isFirst = list.page.number <= 1 || !list.page.after;
  if (isFirst && !pageInfo.hasNextPage && props.totalCount == null) return null;
  return (
    <nav className="pager" aria-label={t("ui.pages")}>
      <span className="pager__count">
        {props.totalCount != null && t("ui.total", { count: Number(props.totalCount), shown: format.count(props.totalCount) })}
      </span>
      {!isFirst && (
        <Button type="text" size="small" onClick={() => list.setSort(list.sort as Sort)}>
          {t("ui.firstPage")}
        </Button>
      )}
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
    </nav>
  );
}
