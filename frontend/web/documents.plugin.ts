import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const GENERATED = new URL("./src/graph/generated/graphql.ts", import.meta.url).pathname;
const TAG = /\bgraphql\(\s*`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`\s*,?\s*\)/g;
const VIRTUAL = "virtual:document/";

/**
 * Each document goes into the file of the part that asks for it. By itself the generated lookup of `graphql(…)` holds all
 * documents of all pages, so that the first visit would load every one.
 */
export function documents(): Plugin {
  let generated: string | null = null;
  return {
    name: "documents",
    enforce: "pre",
    buildStart() {
      generated = null;
    },
    transform(code, id) {
      if (!/\/src\/.*\.tsx?$/.test(id) || id.includes("/generated/")) return undefined;
      const imports: string[] = [];
      const replaced = code.replace(TAG, (_, kind: string, name: string) => {
        // Fragments are there for the types; what they select is in the documents that spread them.
        if (kind === "fragment") return "{} as never";
        imports.push(`import ${name}Document$ from "${VIRTUAL}${name}";`);
        return `(${name}Document$ as never)`;
      });
      return replaced === code ? undefined : { code: `${imports.join("\n")}\n${replaced}`, map: null };
    },
    resolveId(id) {
      return id.startsWith(VIRTUAL) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return undefined;
      generated ??= readFileSync(GENERATED, "utf8");
      const name = id.slice(VIRTUAL.length + 1);
      const start = `export const ${name}Document = `;
      const line = generated.split("\n").find((each) => each.startsWith(start));
      if (!line) throw new Error(`${name} is not in ${GENERATED}: write it anew by npm run generate`);
      return `export default ${line.slice(start.length, line.lastIndexOf(" as unknown as "))};`;
    },
  };
}
