import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { DueTasks } from "@/features/task";
import { Panel } from "@/ui/Panel";

const ROWS = 6;

/** What the reader has to do next. */
export function MyTasks() {
  const { t } = useTranslation();
  return (
    <Panel title={t("home.blocks.tasks")} flush extra={<Link to="/tasks">{t("ui.viewAll")}</Link>}>
      <DueTasks first={ROWS} />
    </Panel>
  );
}
