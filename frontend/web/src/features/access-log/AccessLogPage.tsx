import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";
import { NoPermissionPage } from "@/ui/NoPermissionPage";
import { Page } from "@/ui/Page";
import { UrlTabs } from "@/ui/UrlTabs";
import { AccessAlerts } from "./AccessAlerts";
import { AccessEvents } from "./AccessEvents";
import "./access-log.css";

/** Who saw whom, and what looks like misuse to those who look into it. */
export function AccessLogPage() {
  const { t } = useTranslation();
  const mayRead = usePermission("access_log:read") !== null;
  const mayReadAlerts = usePermission("access_alert:read") !== null;
  const title = t("accessLog.title");
  if (!mayRead) return <NoPermissionPage title={title} />;
  return (
    <Page title={title} note={t("accessLog.note")}>
      {mayReadAlerts ? (
        <UrlTabs
          label={title}
          tabs={[
            { key: "log", label: title, render: () => <AccessEvents /> },
            { key: "alerts", label: t("accessLog.alerts"), render: () => <AccessAlerts /> },
          ]}
        />
      ) : (
        <AccessEvents />
      )}
    </Page>
  );
}
