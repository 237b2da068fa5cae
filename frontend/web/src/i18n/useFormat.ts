import { useMemo } from "react";
import { BankContext } from "@/session/BankContext";
import { use } from "react";
import { formats } from "./format";
import { useLanguage } from "./LanguageContext";

/** Numbers, money and dates as the reader writes them, in the bank's time zone. */
export function useFormat() {
  const { language } = useLanguage();
  const timeZone = use(BankContext)?.timeZone;
  return useMemo(() => formats(language, timeZone), [language, timeZone]);
}
