import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMessage } from "@/ui/useMessage";

const KEY = "outdated";

/** Says that a newer release is there, and leaves the page as it is until its reader has finished with it. */
export function useOutdated(isOutdated: boolean): void {
  const { t } = useTranslation();
  const message = useMessage();
  useEffect(() => {
    if (!isOutdated) return;
    const content = (
      <>
        {t("ui.failure.outdated.title")}{" "}
        <Button size="small" onClick={() => location.reload()}>
          {t("ui.reload")}
        </Button>
      </>
    );
    void message.warning({ key: KEY, content, duration: 0 });
    return () => message.destroy(KEY);
  }, [isOutdated, message, t]);
}
