import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";

/** In place of who did something: nobody was signed in, or whoever it was is not within the reader's reach. */
export function NoStaff() {
  const { t } = useTranslation();
  const seesAll = usePermission("staff:read") === "BANK";
  return <span className="muted">{t(seesAll ? "accessLog.nobody" : "accessLog.outOfReach")}</span>;
}
