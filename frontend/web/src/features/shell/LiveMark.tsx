import { useTranslation } from "react-i18next";
import { useLiveState } from "@/graph";
import { Tag } from "@/ui/values";

/** Whether what is shown follows the bank. */
export function LiveMark() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <span className="header__live" data-live={state}>
      <Tag tone={state === "lost" || state === "ended" ? "warning" : state === "connected" ? "good" : "neutral"}>
        <span className="live__dot" aria-hidden="true" />
        {t(`shell.live.${state}`)}
      </Tag>
    </span>
  );
}
