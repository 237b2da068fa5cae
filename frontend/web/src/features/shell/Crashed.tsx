import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page } from "@/ui/Page";
import { Empty } from "@/ui/states";

/** In the place of a page that broke, or whose file a new release has replaced. */
export function Crashed() {
  const { t } = useTranslation();
  return (
    <Page title={t("shell.crashed")} hideTitle>
      <Empty title={t("shell.crashed")} detail={t("shell.crashedDetail")}>
        <Button type="primary" onClick={() => location.reload()}>
          {t("shell.reload")}
        </Button>
      </Empty>
    </Page>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("shell.notFound")} hideTitle>
      <Empty title={t("shell.notFound")} detail={t("shell.notFoundDetail")}>
        <Link to="/">{t("shell.toHome")}</Link>
      </Empty>
    </Page>
  );
}
