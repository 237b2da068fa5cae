import { createContext, use } from "react";
import type { Language } from "./language";

interface Chosen {
  language: Language;
  choose(language: Language): void;
}

export const LanguageContext = createContext<Chosen | null>(null);

export function useLanguage(): Chosen {
  const chosen = use(LanguageContext);
  if (!chosen) throw new Error("useLanguage is for what is below <App>");
  return chosen;
}
