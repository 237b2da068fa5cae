import { DesktopOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useTheme } from "@/theme/appearance";
import { PopMenu } from "@/ui/PopMenu";

const ICONS = { light: <SunOutlined aria-hidden />, dark: <MoonOutlined aria-hidden />, system: <DesktopOutlined aria-hidden /> };

export function AppearanceSwitch() {
  const { t } = useTranslation();
  const { choice, appearance, choose } = useTheme();
  return (
    <PopMenu
      label={t("shell.appearance")}
      items={(["light", "dark", "system"] as const).map((key) => ({
        key,
        icon: ICONS[key],
        label: t(`shell.${key}`),
        isChosen: key === choice,
        onSelect: () => choose(key),
      }))}
    >
      <Button type="text" icon={ICONS[appearance]} aria-label={t("shell.appearance")} />
    </PopMenu>
  );
}
