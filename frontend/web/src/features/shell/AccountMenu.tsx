import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { signOut } from "@/session/session";
import { useViewer } from "@/session/ViewerContext";
import { PopMenu } from "@/ui/PopMenu";

export function AccountMenu() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const name = viewer.staff?.name ?? viewer.username;
  const roles = viewer.roles.map((role) => t(`terms.Role.${role}` as "terms.Role.teller", { defaultValue: role }));
  const head = (
    <>
      <div className="account__name">{name}</div>
      <div>{roles.join(" · ")}</div>
      {viewer.staff?.branch && <div>{viewer.staff.branch.name}</div>}
    </>
  );
  return (
    <PopMenu
      label={t("shell.account")}
      head={head}
      items={[{ key: "out", icon: <LogoutOutlined aria-hidden />, label: t("shell.signOut"), onSelect: () => void signOut() }]}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={`${t("shell.account")}: ${name}`}>
        <span className="header__who">{name}</span>
      </Button>
    </PopMenu>
  );
}
