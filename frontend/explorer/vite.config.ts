import { defineConfig, type Plugin } from "vite";

/** GraphiQL embeds 270 KB (gzip) of fonts in its style sheet; the reader's own fonts also have the Chinese glyphs. */
function systemFonts(): Plugin {
  return {
    name: "system-fonts",
    enforce: "pre",
    transform(code, id) {
      return id.includes("/graphiql/dist/style.css") ? code.replace(/@font-face\s*\{[^}]*\}/g, "") : undefined;
    },
  };
}

export default defineConfig({
  base: "/explorer/",
  plugins: [systemFonts()],
  build: {
    target: "es2022",
    // One page and no other entry: preloading needs no polyfill, and the policy of the page forbids inline scripts.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      onwarn(warning, warn) {
        // Libraries mark modules "use client" for server rendering, which a static page has not.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
});
