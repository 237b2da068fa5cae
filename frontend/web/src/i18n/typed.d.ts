import type { messages } from "./en";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof messages };
    returnNull: false;
  }
}
