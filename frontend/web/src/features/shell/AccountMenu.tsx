import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { signOut } from "@/session/session";
import { useViewer } from "@/session/ViewerContext";

export function AccountMenu() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const name = viewer.staff?.name ?? viewer.username;
  const roles = viewer.roles.map((role) => t(`terms.Role.${role}` as "terms.Role.teller", { defaultValue: role }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          {
            key: "who",
            type: "group",
            label: (
              <div>
                <div className="account__name">{name}</div>
                <div>{roles.join(" · ")}</div>
                {viewer.staff?.branch && <div>{viewer.staff.branch.name}</div>}
              </div>
            ),
          },
          { type: "divider" },
          { key: "out", icon: <LogoutOutlined aria-hidden="true" />, label: t("shell.signOut"), onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={`${t("shell.account")}: ${name}`}>
        <span className="header__who">{name}</span>
      </Button>
    </Dropdown>
  );
}
