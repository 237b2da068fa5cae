import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from "@graphiql/plugin-doc-explorer";
import { HISTORY_PLUGIN, HistoryContextProvider } from "@graphiql/plugin-history";
import { GraphiQLProvider } from "@graphiql/react";
import { GraphiQLInterface } from "graphiql";
import { useEffect, useMemo, useState } from "react";
import { EXAMPLES } from "./examples";
import { fetcherFor, type Outcome } from "./fetcher";
import { keepLanguage, type Language, MESSAGES, openingLanguage } from "./messages";
import { Notice } from "./Notice";
import { forgetToken, keepToken, openingToken } from "./token";
import { TopBar } from "./TopBar";

const PLUGINS = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN];

/** GraphiQL under our own bar. Queries may name customers, so everything but the language ends with the browser tab. */
export function Explorer() {
  const [token, setToken] = useState(openingToken);
  const [language, setLanguage] = useState<Language>(openingLanguage);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  // GraphiQL reads the schema again when its fetcher changes, which is when the token does.
  const fetcher = useMemo(() => fetcherFor(token, setOutcome), [token]);
  const messages = MESSAGES[language];

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Ketu 客图 · ${messages.title}`;
  }, [language, messages]);

  function changeToken(next: string | null) {
    if (next === null) forgetToken();
    else keepToken(next);
    setOutcome(null);
    setToken(next);
  }

  function changeLanguage(next: Language) {
    keepLanguage(next);
    setLanguage(next);
  }

  return (
    <GraphiQLProvider
      fetcher={fetcher}
      schema={token === null ? null : undefined}
      schemaDescription
      inputValueDeprecation
      storage={sessionStorage}
      shouldPersistHeaders={false}
      defaultQuery={EXAMPLES[0]?.query}
      plugins={PLUGINS}
      referencePlugin={DOC_EXPLORER_PLUGIN}
    >
      <HistoryContextProvider>
        <DocExplorerContextProvider>
          <TopBar
            token={token}
            onToken={changeToken}
            language={language}
            onLanguage={changeLanguage}
            messages={messages}
          />
          <Notice token={token} outcome={outcome} messages={messages} language={language} />
          <GraphiQLInterface isHeadersEditorEnabled={false} showPersistHeadersSettings={false} />
        </DocExplorerContextProvider>
      </HistoryContextProvider>
    </GraphiQLProvider>
  );
}
