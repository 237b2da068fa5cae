import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { Empty, Loaded } from "@/ui/states";
import { AcknowledgeButton } from "./AcknowledgeButton";
import { AlertDetail } from "./AlertDetail";
import { CompleteAlert } from "./CompleteAlert";
import { StopAlert } from "./StopAlert";
import { OPEN_STATES } from "./alertWhere";

const AlertQuery = graphql(`
  query Alert($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Alert {
        version
        state
        title
        staff {
          id
        }
        rule {
          id
          name
        }
        ...AcknowledgeButton
        ...AlertDetail
      }
    }
  }
`);

/** One alert: all there is to know about it, and what can be done. */
export default function AlertDrawer(props: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const mayHandle = usePermission("alert:handle") !== null;
  const page = usePage(AlertQuery, { id: props.id });
  const [doing, setDoing] = useState<"complete" | "stop" | null>(null);
  const alert = page.data?.node?.__typename === "Alert" ? page.data.node : null;
  const isOpen = alert !== null && OPEN_STATES.includes(alert.state);
  const isOnesOwn = viewer.staff !== null && alert?.staff?.id === viewer.staff.id;
  const close = () => setDoing(null);
  return (
    <Drawer
      open
      size={520}
      title={alert?.title ?? t("alert.one")}
      onClose={props.onClose}
      footer={
        isOpen &&
        mayHandle && (
          <div className="alert-drawer__foot">
            {isOnesOwn && <Button onClick={() => setDoing("stop")}>{t("alert.stopShort")}</Button>}
            <AcknowledgeButton alert={alert} type="default" size="middle" />
            <Button type="primary" onClick={() => setDoing("complete")}>
              {t("alert.completeShort")}
            </Button>
          </div>
        )
      }
    >
      <Loaded page={page}>
        {() => (alert ? <AlertDetail alert={alert} /> : <Empty title={t("alert.absent")} detail={t("alert.absentDetail")} />)}
      </Loaded>
      {alert && doing === "complete" && (
        <CompleteAlert id={alert.id} version={alert.version} onConflict={page.reload} onClose={close} />
      )}
      {alert && doing === "stop" && (
        <StopAlert
          id={alert.id}
          version={alert.version}
          rule={alert.rule?.name ?? null}
          onConflict={page.reload}
          onClose={close}
        />
      )}
    </Drawer>
  );
}
