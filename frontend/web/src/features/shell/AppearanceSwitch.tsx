import { DesktopOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { type AppearanceChoice, useTheme } from "@/theme/appearance";

const ICONS = { light: <SunOutlined aria-hidden="true" />, dark: <MoonOutlined aria-hidden="true" />, system: <DesktopOutlined aria-hidden="true" /> };

export function AppearanceSwitch() {
  const { t } = useTranslation();
  const { choice, appearance, choose } = useTheme();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: [choice],
        onClick: ({ key }) => choose(key as AppearanceChoice),
        items: (["light", "dark", "system"] as const).map((key) => ({
          key,
          icon: ICONS[key],
          label: t(`shell.${key}`),
        })),
      }}
    >
      <Button type="text" icon={ICONS[appearance]} aria-label={t("shell.appearance")} />
    </Dropdown>
  );
}
