import { ClockCircleOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/useFormat";
import { Nothing } from "./values";

const MINUTE_MS = 60_000;
const SOON_MS = 24 * 60 * MINUTE_MS;

/** When something is due, as a clock that runs: in how long, or for how long already. `done`: it runs no more. */
export function Deadline(props: { at: string | null | undefined; done?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  if (!props.at) return <Nothing />;
  const left = Date.parse(props.at) - now;
  if (props.done) {
    return (
      <time className="nowrap" dateTime={props.at}>
        {format.dateTime(props.at)}
      </time>
    );
  }
  const words = left < 0 ? t("ui.overdueBy", { duration: format.duration(-left) }) : t("ui.dueIn", { duration: format.duration(left) });
  return (
    <Tooltip title={format.dateTime(props.at)}>
      <time className={`nowrap ${left < 0 ? "danger" : left < SOON_MS ? "warning" : ""}`} dateTime={props.at}>
        <ClockCircleOutlined aria-hidden /> {words}
      </time>
    </Tooltip>
  );
}

/** The instant to the minute, for whatever shows how long something takes. */
export function useMinute(): number {
  return useSyncExternalStore(watchMinute, () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
}

function watchMinute(notify: () => void): () => void {
  const timer = setInterval(notify, MINUTE_MS / 4);
  return () => clearInterval(timer);
}
