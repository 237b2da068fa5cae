import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/useFormat";
import { GlobalSearch } from "@/features/search";
import { useBank } from "@/session/BankContext";
import { AccountMenu } from "./AccountMenu";
import { AppearanceSwitch } from "./AppearanceSwitch";
import { LanguageSwitch } from "./LanguageSwitch";
import { LiveMark } from "./LiveMark";

export function Header(props: { searching: boolean; onSearching(searching: boolean): void; onHelp(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const bank = useBank();
  return (
    <header className="header">
      <GlobalSearch open={props.searching} onOpen={props.onSearching} />
      <div className="header__end">
        <span className="header__bank muted">
          {bank.name} · {t("shell.businessDate", { date: format.date(bank.businessDate) })}
        </span>
        <LiveMark />
        <Tooltip title={t("shell.shortcuts")}>
          <Button
            className="header__help"
            type="text"
            icon={<QuestionCircleOutlined aria-hidden />}
            aria-label={t("shell.shortcuts")}
            onClick={props.onHelp}
          />
        </Tooltip>
        <LanguageSwitch />
        <AppearanceSwitch />
        <AccountMenu />
      </div>
    </header>
  );
}
