import { Alert, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useLiveState } from "@/graph";
import { useMessage } from "@/ui/useMessage";

/** So long a break is not worth a word. */
const UNNOTICED_MS = 1500;

/** Says that the connection is lost while it is, and that it is there again. */
export function LostConnection() {
  const { t } = useTranslation();
  const message = useMessage();
  const live = useLive();
  const state = useLiveState();
  const [shown, setShown] = useState(false);
  const wasShown = useRef(false);

  useEffect(() => {
    if (state !== "lost") {
      setShown(false);
      if (wasShown.current && state === "connected") {
        wasShown.current = false;
        message.success(t("shell.healed"));
      }
      return;
    }
    const timer = setTimeout(() => {
      wasShown.current = true;
      setShown(true);
    }, UNNOTICED_MS);
    return () => clearTimeout(timer);
  }, [state, message, t]);

  if (state === "ended") {
    return (
      <Alert
        banner
        type="warning"
        role="alert"
        title={t("shell.ended")}
        action={
          <Button size="small" onClick={() => location.reload()}>
            {t("shell.reload")}
          </Button>
        }
      />
    );
  }
  if (!shown) return null;
  return (
    <Alert
      banner
      type="warning"
      role="alert"
      title={t("shell.lost")}
      action={
        <Button size="small" onClick={live.tryNow}>
          {t("shell.tryNow")}
        </Button>
      }
    />
  );
}
