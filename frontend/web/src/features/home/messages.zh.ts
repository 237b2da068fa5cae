import type { home as english } from "./messages.en";

export const home: typeof english = { title: "首页" };
