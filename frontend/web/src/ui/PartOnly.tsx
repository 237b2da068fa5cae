import { useTranslation } from "react-i18next";

interface Rows {
  pageInfo: { hasNextPage?: boolean; hasPreviousPage?: boolean };
  nodes: readonly unknown[];
}

/** Beside rows that are the first or the last of more: they do not pass for all there are. */
export function PartOnly(props: { of: Rows | null | undefined }) {
  const { t } = useTranslation();
  if (!props.of) return null;
  const { pageInfo, nodes } = props.of;
  if (!pageInfo.hasNextPage && !pageInfo.hasPreviousPage) return null;
  return <p className="muted part-only">{t(pageInfo.hasNextPage ? "ui.firstOnly" : "ui.lastOnly", { shown: nodes.length })}</p>;
}
