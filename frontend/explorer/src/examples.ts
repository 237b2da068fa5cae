import type { Language } from "./messages";

/**
 * One query of the menu: `examples/NN-name.graphql`, whose first lines are `# en: title` and `# zh: title`, and
 * `# variables: {…}` where it has any.
 */
export interface Example {
  name: string;
  titles: Record<Language, string>;
  query: string;
  /** JSON, or nothing. */
  variables: string;
}

const files = import.meta.glob<string>("./examples/*.graphql", { query: "?raw", import: "default", eager: true });

/** In the order of their file names. */
export const EXAMPLES: readonly Example[] = Object.entries(files)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, query]) => ({
    name: path.replace(/^.*\/(.*)\.graphql$/, "$1"),
    titles: { en: titleIn(query, "en", path), zh: titleIn(query, "zh", path) },
    query,
    variables: /^# variables: (.+)$/m.exec(query)?.[1] ?? "",
  }));

function titleIn(query: string, language: Language, path: string): string {
  const title = new RegExp(`^# ${language}: (.+)$`, "m").exec(query)?.[1];
  if (title === undefined) throw new Error(`${path} lacks its title: add a line "# ${language}: …" at the top.`);
  return title;
}
