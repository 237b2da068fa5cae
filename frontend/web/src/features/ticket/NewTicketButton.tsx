import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";

const OpenTicket = lazy(async () => ({ default: (await import("./OpenTicket")).OpenTicket }));

/** Takes down what a customer wants. */
export function NewTicketButton(props: { customerId?: string; primary?: boolean }) {
  const { t } = useTranslation();
  const mayOpen = usePermission("ticket:open") !== null;
  const [opening, setOpening] = useState(false);
  if (!mayOpen) return null;
  return (
    <>
      <Button type={props.primary ? "primary" : "default"} icon={<PlusOutlined aria-hidden />} onClick={() => setOpening(true)}>
        {t("ticket.new")}
      </Button>
      {opening && (
        <Suspense fallback={null}>
          <OpenTicket customerId={props.customerId} onClose={() => setOpening(false)} />
        </Suspense>
      )}
    </>
  );
}
