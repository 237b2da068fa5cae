import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { documents } from "./documents.plugin";

const API = process.env.KETU_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [documents(), react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  // The server puts a fresh nonce in its place in every answer.
  html: { cspNonce: "__CSP_NONCE__" },
  // `npm run dev` beside `./ketu up`: the page from its sources, the bank from there.
  server: {
    proxy: {
      "/graphql": { target: API, ws: true },
      "/auth": API,
    },
  },
  build: {
    target: "es2022",
    // The policy of the page forbids inline scripts, and every browser that runs this preloads by itself.
    modulePreload: { polyfill: false },
    // Nothing of the page may be a data: address where a file will do.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    manifest: true,
  },
});
