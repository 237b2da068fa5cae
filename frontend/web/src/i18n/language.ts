import type { Locale } from "antd/es/locale";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export type Language = "zh" | "en";

const KEPT_AS = "ketu.language";

/** What the reader chose; before they did, Chinese for browsers that ask for it, else English. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.languages.some((each) => each.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

/** Words and antd's own words of one language; each is a file that only its readers load. */
async function load(language: Language): Promise<Locale> {
  const { messages, locale } = await (language === "zh" ? import("./zh") : import("./en"));
  i18next.addResourceBundle(language, "translation", messages, true, true);
  return locale;
}

export async function startLanguage(language: Language): Promise<Locale> {
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return speak(language, { keep: false });
}

export async function speak(language: Language, { keep } = { keep: true }): Promise<Locale> {
  const locale = await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  if (keep) localStorage.setItem(KEPT_AS, language);
  return locale;
}
