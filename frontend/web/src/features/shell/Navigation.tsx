import { MenuFoldOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import type { Destination } from "./destinations";
import { useUnread } from "./useUnread";

const KEPT_AS = "ketu.menu";

/** At the side of a wide screen, at the foot of a narrow one. */
export function Navigation(props: { destinations: readonly Destination[] }) {
  const { t } = useTranslation();
  const [folded, setFolded] = useState(() => localStorage.getItem(KEPT_AS) === "folded");
  const unread = useUnread();

  function fold() {
    localStorage.setItem(KEPT_AS, folded ? "open" : "folded");
    setFolded(!folded);
  }

  return (
    <nav className={folded ? "nav nav--folded" : "nav"} aria-label={t("shell.navigation")}>
      <NavLink to="/" className="nav__brand" aria-label="客图 Ketu">
        <span className="shell__mark" aria-hidden="true" />
        <span className="nav__name">客图</span>
      </NavLink>
      <ul className="nav__list">
        {props.destinations.map(({ path, name, icon }) => (
          <li key={path}>
            <Tooltip title={folded ? t(`shell.${name}`) : ""} placement="right">
              <NavLink to={path} end={path === "/"} className="nav__link">
                <span className="nav__icon" aria-hidden="true">
                  {icon}
                  {name === "alerts" && unread > 0 && <span className="count-mark">{unread > 99 ? "99+" : unread}</span>}
                </span>
                <span className="nav__name">
                  {t(`shell.${name}`)}
                  {name === "alerts" && unread > 0 && (
                    <span className="visually-hidden"> {t("shell.unread", { count: unread })}</span>
                  )}
                </span>
              </NavLink>
            </Tooltip>
          </li>
        ))}
      </ul>
      <button type="button" className="nav__fold" onClick={fold} aria-label={t(folded ? "shell.expand" : "shell.collapse")}>
        {folded ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
      </button>
    </nav>
  );
}
