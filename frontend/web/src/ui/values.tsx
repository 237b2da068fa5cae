import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MoneyValue } from "@/i18n/format";
import { useFormat } from "@/i18n/useFormat";

const NOTHING = "—";

/** An absent value, told to those who hear the page as well. */
export function Nothing() {
  const { t } = useTranslation();
  return (
    <span className="muted">
      <span aria-hidden="true">{NOTHING}</span>
      <span className="visually-hidden">{t("ui.nothing")}</span>
    </span>
  );
}

/** An amount; `short` in 万 and 亿, or K and M, with the whole of it on pointing. */
export function Money(props: { value: MoneyValue | null | undefined; short?: boolean; signed?: "in" | "out" }) {
  const format = useFormat();
  if (!props.value) return <Nothing />;
  const whole = format.money(props.value);
  const sign = props.signed ? { in: "+", out: "−" }[props.signed] : "";
  if (!props.short) return <span className="nowrap">{sign + whole}</span>;
  return (
    <Tooltip title={whole}>
      <span className="nowrap">{sign + format.moneyShort(props.value)}</span>
    </Tooltip>
  );
}

export function Day(props: { value: string | null | undefined }) {
  const format = useFormat();
  if (!props.value) return <Nothing />;
  return (
    <time className="nowrap" dateTime={props.value}>
      {format.date(props.value)}
    </time>
  );
}

/** An instant to the minute; `short` without its year, `seconds` for what has to be told apart. */
export function Instant(props: { value: string | null | undefined; short?: boolean; seconds?: boolean }) {
  const format = useFormat();
  if (!props.value) return <Nothing />;
  return (
    <time className="nowrap" dateTime={props.value}>
      {props.short ? format.dateTimeShort(props.value) : props.seconds ? format.dateTimeSeconds(props.value) : format.dateTime(props.value)}
    </time>
  );
}

/** A value that is shown in part only (脱敏). */
export function Masked(props: { value: string | null | undefined }) {
  const { t } = useTranslation();
  if (!props.value) return <Nothing />;
  return (
    <Tooltip title={t("ui.masked")}>
      <span className="nowrap">{props.value}</span>
    </Tooltip>
  );
}

export type Tone = "neutral" | "good" | "warning" | "danger" | "info" | "primary" | "precious";

export function Tag(props: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag tag--${props.tone ?? "neutral"}`}>{props.children}</span>;
}

/** Terms and what they are, in columns as the width allows. */
export function Terms(props: { items: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <dl className="terms">
      {props.items.map(([term, value]) => (
        <div key={term}>
          <dt className="terms__term">{term}</dt>
          <dd className="terms__value">{value ?? <Nothing />}</dd>
        </div>
      ))}
    </dl>
  );
}
