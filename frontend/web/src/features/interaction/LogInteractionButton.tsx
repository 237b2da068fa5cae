import { PlusOutlined } from "@ant-design/icons";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";
import { FormButton } from "@/ui/FormButton";

const LogInteraction = lazy(async () => ({ default: (await import("./LogInteraction")).LogInteraction }));

/** Keeps what a customer and the bank have just talked about (登记接触). */
export function LogInteractionButton(props: { customerId: string }) {
  const { t } = useTranslation();
  const mayLog = usePermission("interaction:log") !== null;
  if (!mayLog) return null;
  return (
    <FormButton
      icon={<PlusOutlined aria-hidden />}
      renderForm={(close) => <LogInteraction customerId={props.customerId} onClose={close} />}
    >
      {t("interaction.log")}
    </FormButton>
  );
}
