import { useEditorContext } from "@graphiql/react";
import { type FormEvent, useState } from "react";
import { flushSync } from "react-dom";
import { EXAMPLES } from "./examples";
import icon from "./icon.svg";
import type { Language, Messages } from "./messages";
import { claimsOf } from "./token";

interface Props {
  token: string | null;
  onToken: (token: string | null) => void;
  language: Language;
  onLanguage: (language: Language) => void;
  messages: Messages;
}

/** Our own row above GraphiQL: examples, token, language. */
export function TopBar({ token, onToken, language, onLanguage, messages: text }: Props) {
  return (
    <header className="top-bar">
      <h1>
        <img src={icon} alt="" width="24" height="24" /> Ketu 客图 <small>{text.title}</small>
      </h1>
      <ExampleMenu language={language} messages={text} />
      {token === null ? (
        <TokenForm onToken={onToken} messages={text} />
      ) : (
        <TokenHolder token={token} onForget={() => onToken(null)} language={language} messages={text} />
      )}
      <button
        type="button"
        className="language"
        lang={language === "en" ? "zh" : "en"}
        aria-label={text.switchLanguageLabel}
        onClick={() => onLanguage(language === "en" ? "zh" : "en")}
      >
        {text.switchLanguage}
      </button>
    </header>
  );
}

function ExampleMenu({ language, messages: text }: { language: Language; messages: Messages }) {
  const { queryEditor, variableEditor, responseEditor, addTab } = useEditorContext({ nonNull: true });

  function open(name: string) {
    const example = EXAMPLES.find((candidate) => candidate.name === name);
    if (example === undefined || queryEditor === null) return;
    const written = queryEditor.getValue().trim();
    // What the reader wrote stays in its own tab; an example that was not touched gives way to the next one.
    const untouched = EXAMPLES.some((candidate) => candidate.query.trim() === written);
    // At once, because the old tab takes over what the editor holds when React gets to it.
    if (written !== "" && !untouched) flushSync(addTab);
    // GraphiQL learns the new operation's name a moment later; until then it must not send the old one.
    queryEditor.operationName = null;
    queryEditor.operations = null;
    queryEditor.setValue(example.query);
    variableEditor?.setValue(example.variables);
    responseEditor?.setValue("");
  }

  return (
    <select className="examples" aria-label={text.examples} value="" onChange={(event) => open(event.target.value)}>
      <option value="" disabled>
        {text.chooseExample}
      </option>
      {EXAMPLES.map((example) => (
        <option key={example.name} value={example.name}>
          {example.titles[language]}
        </option>
      ))}
    </select>
  );
}

function TokenForm({ onToken, messages: text }: { onToken: (token: string) => void; messages: Messages }) {
  const [draft, setDraft] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    const token = draft.trim().replace(/^Bearer\s+/i, "");
    if (token !== "") onToken(token);
  }

  return (
    <form className="token" onSubmit={submit}>
      <input
        type="password"
        autoComplete="off"
        spellCheck={false}
        aria-label={text.token}
        placeholder={text.pasteToken}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      <button type="submit" disabled={draft.trim() === ""}>
        {text.useToken}
      </button>
    </form>
  );
}

interface HolderProps {
  token: string;
  onForget: () => void;
  language: Language;
  messages: Messages;
}

function TokenHolder({ token, onForget, language, messages: text }: HolderProps) {
  const claims = claimsOf(token);
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  return (
    <div className="token">
      {claims !== null && (
        <span className="holder">
          {text.signedInAs} <strong>{claims.subject || "?"}</strong>
          {claims.expiresAt !== null && ` · ${text.expiresAt} ${time.format(claims.expiresAt)}`}
        </span>
      )}
      <button type="button" onClick={onForget}>
        {text.forgetToken}
      </button>
    </div>
  );
}
