import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type Appearance, type Palette, palettes } from "./palette";

/** What the reader chose: one of both, or whatever the machine says. */
export type AppearanceChoice = Appearance | "system";

const KEPT_AS = "ketu.appearance";
const dark = window.matchMedia("(prefers-color-scheme: dark)");

interface Theme {
  appearance: Appearance;
  palette: Palette;
  choice: AppearanceChoice;
  choose(choice: AppearanceChoice): void;
}

export const ThemeContext = createContext<Theme | null>(null);

export function useTheme(): Theme {
  const theme = use(ThemeContext);
  if (!theme) throw new Error("useTheme is for what is below <Theming>");
  return theme;
}

export function useThemeState(): Theme {
  const [choice, setChoice] = useState<AppearanceChoice>(kept);
  const systemIsDark = useSyncExternalStore(watchSystem, () => dark.matches);
  const appearance = choice === "system" ? (systemIsDark ? "dark" : "light") : choice;
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.appearance = appearance;
    root.style.colorScheme = appearance;
    for (const [name, value] of Object.entries(palettes[appearance])) {
      if (typeof value === "string") root.style.setProperty(`--${name}`, value);
    }
  }, [appearance]);
  return useMemo(
    () => ({
      appearance,
      palette: palettes[appearance],
      choice,
      choose(chosen) {
        localStorage.setItem(KEPT_AS, chosen);
        setChoice(chosen);
      },
    }),
    [appearance, choice],
  );
}

function kept(): AppearanceChoice {
  const found = localStorage.getItem(KEPT_AS);
  return found === "light" || found === "dark" ? found : "system";
}

function watchSystem(notify: () => void): () => void {
  dark.addEventListener("change", notify);
  return () => dark.removeEventListener("change", notify);
}
