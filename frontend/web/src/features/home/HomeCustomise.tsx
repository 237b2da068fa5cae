import { SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { Block } from "./blocks";
import type { HomeSettings } from "./useHomeSettings";

/** Which blocks the reader wants to see. */
export function HomeCustomise(props: { blocks: readonly Block[]; settings: HomeSettings }) {
  const { t } = useTranslation();
  const { blocks, settings } = props;
  const boxes = blocks.map(({ key }) => (
    <div key={key}>
      <Checkbox checked={!settings.isHidden(key)} onChange={() => settings.toggle(key)}>
        {t(`home.blocks.${key}`)}
      </Checkbox>
    </div>
  ));
  return (
    <Popover trigger="click" placement="bottomRight" title={t("home.customise")} content={<div>{boxes}</div>}>
      <Button icon={<SettingOutlined />}>{t("home.customise")}</Button>
    </Popover>
  );
}
