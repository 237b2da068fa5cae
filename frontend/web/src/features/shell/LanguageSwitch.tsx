import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/LanguageContext";

/** To the other language, named in its own words. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { language, choose } = useLanguage();
  const other = language === "zh" ? "en" : "zh";
  const name = other === "zh" ? "中文" : "English";
  return (
    <Button type="text" lang={other} title={t("shell.language")} onClick={() => choose(other)}>
      {name}
    </Button>
  );
}
