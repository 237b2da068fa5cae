/** Typed documents of Ketu, and what a client needs around them. */

export * from "./generated.js";
export { serviceAccount, type Token } from "./token.js";
export { pages, type Page } from "./pages.js";
