import { useCallback, useState } from "react";

const KEPT_AS = "ketu.home";

export interface HomeSettings {
  isHidden(block: string): boolean;
  toggle(block: string): void;
}

/** Which blocks of the home page the reader does not want: their choice, kept by the blocks' keys. */
export function useHomeSettings(): HomeSettings {
  const [hidden, setHidden] = useState<readonly string[]>(kept);
  const isHidden = useCallback((block: string) => hidden.includes(block), [hidden]);
  const toggle = useCallback((block: string) => {
    // Read anew, so that a choice made in another tab stays.
    const before = kept();
    const next = before.includes(block) ? before.filter((each) => each !== block) : [...before, block];
    localStorage.setItem(KEPT_AS, JSON.stringify(next));
    setHidden(next);
  }, []);
  return { isHidden, toggle };
}

function kept(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
