import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { Destination } from "./destinations";

export default function ShortcutHelp(props: { onClose(): void; destinations: readonly Destination[] }) {
  const { t } = useTranslation();
  const rows: [string[], string][] = [
    [["/", "Ctrl K"], t("shell.shortcutSearch")],
    ...props.destinations.map(({ key, name }): [string[], string] => [
      [`g ${key}`],
      t("shell.shortcutGo", { page: t(`shell.${name}`) }),
    ]),
    [["j", "k"], t("shell.shortcutRows")],
    [["Esc"], t("shell.shortcutClose")],
    [["?"], t("shell.shortcutHelp")],
  ];
  return (
    <Modal open onCancel={props.onClose} footer={null} title={t("shell.shortcuts")} width={420}>
      <dl className="shortcuts">
        {rows.map(([keys, does]) => (
          <div key={does} className="shortcuts__row">
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
