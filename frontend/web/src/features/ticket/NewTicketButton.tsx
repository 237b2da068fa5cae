import { PlusOutlined } from "@ant-design/icons";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";
import { FormButton } from "@/ui/FormButton";

const OpenTicket = lazy(async () => ({ default: (await import("./OpenTicket")).OpenTicket }));

/** Takes down what a customer wants. */
export function NewTicketButton(props: { customerId?: string; primary?: boolean }) {
  const { t } = useTranslation();
  const mayOpen = usePermission("ticket:open") !== null;
  if (!mayOpen) return null;
  return (
    <FormButton
      type={props.primary ? "primary" : "default"}
      icon={<PlusOutlined aria-hidden />}
      renderForm={(close) => <OpenTicket customerId={props.customerId} onClose={close} />}
    >
      {t("ticket.new")}
    </FormButton>
  );
}
