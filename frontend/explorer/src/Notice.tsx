import type { Outcome } from "./fetcher";
import type { Language, Messages } from "./messages";
import { claimsOf } from "./token";

interface Props {
  token: string | null;
  outcome: Outcome | null;
  messages: Messages;
  language: Language;
}

/** One line that says where the reader stands: no token, an error and what to do, or how the last answer came. */
export function Notice({ token, outcome, messages: text, language }: Props) {
  if (token === null) {
    return (
      <Line tone="hint">
        {text.noToken} <code>./ketu token --user NAME</code>
      </Line>
    );
  }
  const claims = claimsOf(token);
  if (claims === null) return <Line tone="error">{text.notAToken}</Line>;
  if (claims.expiresAt !== null && claims.expiresAt.getTime() < Date.now()) return <Line tone="error">{text.expired}</Line>;
  if (outcome === null) return <Line tone="quiet">{text.ready}</Line>;
  switch (outcome.kind) {
    case "unreachable":
      return <Line tone="error">{text.unreachable}</Line>;
    case "unreadable":
      return <Line tone="error">{`HTTP ${outcome.status} · ${text.unreadable}`}</Line>;
    case "refused":
      return (
        <Line tone="error">
          <strong>{outcome.code === "UNAUTHENTICATED" ? text.refusedToken : text.refused}</strong>
          {` · HTTP ${outcome.status}${outcome.code && ` · ${outcome.code}`} · ${outcome.message}`}
          {outcome.requestId !== null && ` · ${text.requestId} ${outcome.requestId}`}
        </Line>
      );
    case "answered": {
      const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
      const cost = `${number.format(outcome.milliseconds)} ms · ${number.format(outcome.bytes / 1024)} KB`;
      if (outcome.errorCodes.length > 0) {
        return <Line tone="error">{`${text.partial} · ${[...new Set(outcome.errorCodes)].join(", ")} · ${cost}`}</Line>;
      }
      if (outcome.withheld.length > 0) {
        return <Line tone="hint">{`${text.answered} · ${cost} · ${text.withheld} ${outcome.withheld.join(", ")}`}</Line>;
      }
      return <Line tone="quiet">{`${text.answered} · ${cost}`}</Line>;
    }
  }
}

function Line(props: { tone: "quiet" | "hint" | "error"; children: React.ReactNode }) {
  return (
    <p className={`notice notice-${props.tone}`} role={props.tone === "error" ? "alert" : "status"}>
      {props.children}
    </p>
  );
}
