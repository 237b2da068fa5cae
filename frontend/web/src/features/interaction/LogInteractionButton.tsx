import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";

const LogInteraction = lazy(async () => ({ default: (await import("./LogInteraction")).LogInteraction }));

/** Keeps what a customer and the bank have just talked about (登记接触). */
export function LogInteractionButton(props: { customerId: string }) {
  const { t } = useTranslation();
  const mayLog = usePermission("interaction:log") !== null;
  const [logging, setLogging] = useState(false);
  if (!mayLog) return null;
  return (
    <>
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => setLogging(true)}>
        {t("interaction.log")}
      </Button>
      {logging && (
        <Suspense fallback={null}>
          <LogInteraction customerId={props.customerId} onClose={() => setLogging(false)} />
        </Suspense>
      )}
    </>
  );
}
