import { useTranslation } from "react-i18next";

/** The frame of the page while it is not known yet who reads it. */
export function Splash() {
  const { t } = useTranslation();
  return (
    <div className="splash" role="status" aria-label={t("ui.loading")}>
      <div className="splash__mark">
        <span className="shell__mark" aria-hidden="true" />
      </div>
    </div>
  );
}
