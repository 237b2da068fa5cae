import type { Locale } from "antd/es/locale";
import { useMemo, useState } from "react";
import { RouterProvider } from "react-router";
import { type Language, speak } from "@/i18n/language";
import { LanguageContext } from "@/i18n/LanguageContext";
import { Theming } from "@/theme/Theming";
import { router } from "./routes";

/** The whole page: its language, its appearance, its addresses. */
export function App(props: { language: Language; locale: Locale }) {
  const [spoken, setSpoken] = useState({ language: props.language, locale: props.locale });
  const chosen = useMemo(
    () => ({
      language: spoken.language,
      choose: async (language: Language) => setSpoken({ language, locale: await speak(language) }),
    }),
    [spoken.language],
  );
  return (
    <LanguageContext value={chosen}>
      <Theming locale={spoken.locale}>
        <RouterProvider router={router} />
      </Theming>
    </LanguageContext>
  );
}
