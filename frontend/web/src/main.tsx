import "./theme/base.css";
import "./ui/ui.css";
import "./features/shell/shell.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { preferredLanguage, startLanguage } from "./i18n/language";
import { resume } from "./session/session";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

// The session is looked for while the words come.
void resume();
const language = preferredLanguage();
try {
  const locale = await startLanguage(language);
  createRoot(root).render(<App language={language} locale={locale} />);
} catch {
  // Without words there is no page to say it in the reader's language.
  root.textContent = "页面未能加载，请刷新重试。The page could not be loaded: please reload it.";
}
