import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { actions } from "./actions.en";

type Known = keyof typeof actions;

const KNOWN = new Map<string, Known>(
  Object.keys(actions).map((key) => [key.replace(/^(session|credential|sign_in|user_account)_/, "$1."), key as Known]),
);

/** Whether there are words for an action. */
export function isKnown(action: string): boolean {
  return KNOWN.has(action);
}

/** What was done, in words where there are some; `inFull` with what the log keeps. */
export function Action(props: { value: string; inFull?: boolean }) {
  const { t } = useTranslation();
  const key = KNOWN.get(props.value);
  if (!key) return <code>{props.value}</code>;
  return (
    <span title={props.value}>
      {t(`accessLog.actions.${key}`)} {props.inFull && <code className="muted">{props.value}</code>}
    </span>
  );
}

/** The actions that have words, for a choice among them. */
export function actionChoices(t: TFunction): { value: string; label: string }[] {
  return Array.from(KNOWN, ([value, key]) => ({ value, label: t(`accessLog.actions.${key}`) }));
}
