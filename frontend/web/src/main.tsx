import "./theme/base.css";
import "./ui/ui.css";
import "./features/shell/shell.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { preferredLanguage, startLanguage } from "./i18n/language";
import { resume } from "./session/session";

// The session is looked for while the words come.
void resume();
const language = preferredLanguage();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const locale = await startLanguage(language);
createRoot(root).render(<App language={language} locale={locale} />);
