import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RevealField } from "@/graph/generated/graphql";
import { usePermission } from "@/session/ViewerContext";
import { Masked } from "@/ui/values";
import { useRevealed } from "./useRevealed";

const Reveal = lazy(() => import("./Reveal"));

const PERMISSIONS = {
  CONTACT_POINT_VALUE: "contact_point:reveal",
  IDENTITY_DOCUMENT_NUMBER: "identity_document:reveal",
  ACCOUNT_NUMBER: "account:reveal",
  CARD_NUMBER: "card:reveal",
  TRANSACTION_COUNTERPARTY_ACCOUNT: "transaction:reveal",
} satisfies Partial<Record<RevealField, string>>;

/** A value of the row `id` that is shown in part, and in full (明文) for a minute to whom policy allows it and who says what for. */
export function Revealable(props: { id: string; field: keyof typeof PERMISSIONS; value: string | null | undefined }) {
  const { t } = useTranslation();
  const mayReveal = usePermission(PERMISSIONS[props.field]) !== null;
  const revealed = useRevealed();
  const [asking, setAsking] = useState(false);
  if (!props.value || !mayReveal) return <Masked value={props.value} />;
  const isShown = revealed.value !== null;
  const label = isShown ? t("reveal.hide") : t("reveal.show");
  return (
    <span className="nowrap">
      {isShown ? <RevealedValue value={revealed.value ?? ""} secondsLeft={revealed.secondsLeft} /> : <Masked value={props.value} />}
      <Tooltip title={label}>
        <Button
          type="text"
          size="small"
          icon={isShown ? <EyeInvisibleOutlined aria-hidden /> : <EyeOutlined aria-hidden />}
          aria-label={`${label} ${props.value}`}
          onClick={() => (isShown ? revealed.hide() : setAsking(true))}
        />
      </Tooltip>
      <Suspense fallback={null}>
        {asking && (
          <Reveal id={props.id} field={props.field} masked={props.value} onShown={revealed.show} onClose={() => setAsking(false)} />
        )}
      </Suspense>
    </span>
  );
}

function RevealedValue(props: { value: string; secondsLeft: number }) {
  const { t } = useTranslation();
  return (
    <>
      <output className="revealed">{props.value}</output>{" "}
      <span className="muted" role="timer">
        {t("reveal.hiddenIn", { seconds: props.secondsLeft })}
      </span>
    </>
  );
}
