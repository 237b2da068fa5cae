import { useState } from "react";
import type { Block, BlockKey } from "./blocks";

/** Readers who share a browser have a choice each, by an id that names nobody. */
const keptAs = (reader: string) => `ketu.home.${reader}`;

/** A reader's own choice: which blocks of the home page they do not want, and in which order they come. By the blocks' keys. */
export interface HomeChoice {
  hidden: readonly string[];
  order: readonly string[];
}

export interface HomeSettings extends HomeChoice {
  toggle(block: BlockKey): void;
  /** Let the blocks come in this order. */
  arrange(blocks: readonly BlockKey[]): void;
  /** As it was before the reader chose anything. */
  reset(): void;
}

const NOTHING: HomeChoice = { hidden: [], order: [] };

/** reader  the id of their record as staff */
export function useHomeSettings(reader: string): HomeSettings {
  const [choice, setChoice] = useState(() => kept(reader));
  function change(edit: (before: HomeChoice) => HomeChoice) {
    // Read anew, so that a choice made in another tab stays.
    const next = edit(kept(reader));
    localStorage.setItem(keptAs(reader), JSON.stringify(next));
    setChoice(next);
  }
  return {
    ...choice,
    toggle: (block) =>
      change(({ hidden, order }) => ({
        hidden: hidden.includes(block) ? hidden.filter((each) => each !== block) : [...hidden, block],
        order,
      })),
    arrange: (order) => change(({ hidden }) => ({ hidden, order })),
    reset: () => change(() => NOTHING),
  };
}

/** The blocks as the reader has arranged them; those that they have not met yet come last. */
export function arranged(blocks: readonly Block[], order: readonly string[]): readonly Block[] {
  const place = ({ key }: Block) => (order.includes(key) ? order.indexOf(key) : order.length);
  return blocks.toSorted((one, other) => place(one) - place(other));
}

/** The keys with the one at `at` moved by `step` places, as far as there are any. */
export function moved(keys: readonly BlockKey[], at: number, step: -1 | 1): readonly BlockKey[] {
  const key = keys[at];
  if (key === undefined || keys[at + step] === undefined) return keys;
  return keys.toSpliced(at, 1).toSpliced(at + step, 0, key);
}

function kept(reader: string): HomeChoice {
  try {
    const found = JSON.parse(localStorage.getItem(keptAs(reader)) ?? "{}") as Partial<Record<keyof HomeChoice, unknown>>;
    return { hidden: texts(found.hidden), order: texts(found.order) };
  } catch {
    return NOTHING;
  }
}

function texts(found: unknown): readonly string[] {
  return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
}
