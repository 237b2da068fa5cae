import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { CommandProblem } from "@/graph";

/** What a problem is called in the reader's language, by its type. */
export function useProblemText(): (problem: CommandProblem) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ __typename: type }) => {
      const key = `ui.problem.${type}`;
      return i18n.exists(key) ? t(key as "ui.problem.other") : t("ui.problem.other");
    },
    [t, i18n],
  );
}
