import { QRCode } from "antd";
import { useTranslation } from "react-i18next";

/** The secret of a new authenticator, to be scanned or typed. */
export default function Enrolment(props: { secret: string; uri: string }) {
  const { t } = useTranslation();
  return (
    <div className="sign-in__enrolment">
      <p>{t("signIn.enrolHelp")}</p>
      {/* Cameras want it dark on light, whatever the appearance. */}
      <QRCode value={props.uri} size={176} color="#000000" bgColor="#ffffff" type="svg" />
      <p className="muted">{t("signIn.enrolSecret")}</p>
      <code className="sign-in__secret">{props.secret.match(/.{1,4}/g)?.join(" ")}</code>
    </div>
  );
}
