import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { TypeName } from "./relationTypes";

interface Said {
  type: TypeName;
  from: { displayName: string };
  to: { displayName: string };
}

/** A relation as a sentence: "王磊 是 李娜 的配偶". */
export function useTieWords(): (tie: Said) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ type, from, to }) =>
      t("relation.sentence", { to: to.displayName, from: from.displayName, type: t(`relation.word.${type}`) }),
    [t],
  );
}
