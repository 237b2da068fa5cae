import { AuditOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { destinations } from "@/features/shell/destinations";
import { useViewer } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty } from "@/ui/states";

/** In place of blocks, where there are none for a reader or they want none. */
export function WhereToGo(props: { isCustomised: boolean }) {
  const { t } = useTranslation();
  const { permissions } = useViewer();
  const places = destinations(permissions).filter(({ path }) => path !== "/");
  const mayReadOwnLog = permissions.has("access_log:read") && !places.some(({ name }) => name === "accessLog");
  return (
    <Panel flush>
      <Empty
        title={t(props.isCustomised ? "home.allHidden" : "home.welcome")}
        detail={t(places.length > 0 ? "home.welcomeDetail" : "home.nowhere")}
      />
      {(places.length > 0 || mayReadOwnLog) && (
        <ul className="home__places">
          {places.map(({ path, name, icon, key }) => (
            <li key={path}>
              <Link to={path} className="home__place">
                <span aria-hidden="true">{icon}</span>
                <span>{t(`shell.${name}`)}</span>
                <span className="home__keys" aria-hidden="true">
                  <kbd>g</kbd> <kbd>{key}</kbd>
                </span>
              </Link>
            </li>
          ))}
          {mayReadOwnLog && (
            <li>
              <Link to="/access-log" className="home__place">
                <AuditOutlined aria-hidden />
                <span>{t("home.ownLog")}</span>
              </Link>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}
