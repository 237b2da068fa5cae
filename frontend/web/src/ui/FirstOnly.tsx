import { useTranslation } from "react-i18next";

/** Below rows that are the first of more: they do not pass for all there are. */
export function FirstOnly(props: { of: { pageInfo: { hasNextPage: boolean }; nodes: readonly unknown[] } | null | undefined }) {
  const { t } = useTranslation();
  if (!props.of?.pageInfo.hasNextPage) return null;
  return <p className="muted first-only">{t("ui.firstOnly", { shown: props.of.nodes.length })}</p>;
}
