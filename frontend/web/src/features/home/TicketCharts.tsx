import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Panel } from "@/ui/Panel";
import { OpenTickets } from "./OpenTickets";
import { TicketsPerWeek } from "./TicketsPerWeek";

type View = "open" | "perWeek";

/** Tickets within reach: what is open now by kind and state, or how many came week by week. */
export function TicketCharts() {
  const { t } = useTranslation();
  const [view, setView] = useState<View>("open");
  const views: readonly View[] = ["open", "perWeek"];
  const controls = (
    <Segmented<View>
      size="small"
      value={view}
      onChange={setView}
      aria-label={t("home.blocks.tickets")}
      options={views.map((value) => ({ value, label: t(`home.tickets.${value}`) }))}
    />
  );
  return (
    <Panel title={t("home.blocks.tickets")} flush extra={<Link to="/tickets">{t("ui.viewAll")}</Link>}>
      {view === "open" ? <OpenTickets controls={controls} /> : <TicketsPerWeek controls={controls} />}
    </Panel>
  );
}
