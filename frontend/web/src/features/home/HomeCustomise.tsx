import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { SettingsPopover } from "@/ui/SettingsPopover";
import type { Block } from "./blocks";
import { type HomeSettings, moved } from "./useHomeSettings";

/** Which blocks the reader wants to see, and in which order. `blocks` are all of theirs, as they are arranged. */
export function HomeCustomise(props: { blocks: readonly Block[]; settings: HomeSettings }) {
  const { t } = useTranslation();
  const { blocks, settings } = props;
  const keys = blocks.map(({ key }) => key);
  const rows = keys.map((key, at) => {
    const name = t(`home.blocks.${key}`);
    return (
      <li key={key} className="home__choice">
        <Checkbox checked={!settings.hidden.includes(key)} onChange={() => settings.toggle(key)}>
          {name}
        </Checkbox>
        <span className="nowrap">
          <Button
            type="text"
            size="small"
            icon={<ArrowUpOutlined aria-hidden />}
            aria-label={t("home.moveUp", { name })}
            aria-disabled={at === 0}
            onClick={() => settings.arrange(moved(keys, at, -1))}
          />
          <Button
            type="text"
            size="small"
            icon={<ArrowDownOutlined aria-hidden />}
            aria-label={t("home.moveDown", { name })}
            aria-disabled={at === keys.length - 1}
            onClick={() => settings.arrange(moved(keys, at, 1))}
          />
        </span>
      </li>
    );
  });
  return (
    <SettingsPopover title={t("home.customise")} icon={<SettingOutlined aria-hidden />}>
      <ul className="home__choices">{rows}</ul>
      <Button type="link" size="small" disabled={settings.hidden.length + settings.order.length === 0} onClick={settings.reset}>
        {t("home.asAtFirst")}
      </Button>
    </SettingsPopover>
  );
}
