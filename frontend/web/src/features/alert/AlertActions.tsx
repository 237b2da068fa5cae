import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { AcknowledgeButton } from "./AcknowledgeButton";
import { CompleteAlert } from "./CompleteAlert";
import { StopAlert } from "./StopAlert";
import { OPEN_STATES } from "./alertWhere";

const AlertActionsFragment = graphql(`
  fragment AlertActions on Alert {
    id
    version
    state
    staff {
      id
    }
    rule {
      id
      name
    }
    ...AcknowledgeButton
  }
`);

/** What the reader can do with an alert that waits: all of it in their own inbox, see to it elsewhere. */
export function AlertActions(props: { alert: FragmentType<typeof AlertActionsFragment>; reload(): void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const mayHandle = usePermission("alert:handle") !== null;
  const alert = readFragment(AlertActionsFragment, props.alert);
  const [doing, setDoing] = useState<"complete" | "stop" | null>(null);
  const isOnesOwn = viewer.staff !== null && alert.staff?.id === viewer.staff.id;
  const form = { id: alert.id, version: alert.version, onConflict: props.reload, onClose: () => setDoing(null) };
  return (
    <>
      {mayHandle && OPEN_STATES.includes(alert.state) && (
        <div className="detail__actions">
          <Button type="primary" onClick={() => setDoing("complete")}>
            {t("alert.completeShort")}
          </Button>
          <AcknowledgeButton alert={alert} type="default" size="middle" />
          {isOnesOwn && <Button onClick={() => setDoing("stop")}>{t("alert.stopShort")}</Button>}
        </div>
      )}
      {doing === "complete" && <CompleteAlert {...form} />}
      {doing === "stop" && <StopAlert {...form} rule={alert.rule?.name ?? null} />}
    </>
  );
}
