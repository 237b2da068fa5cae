/** The reader's token: kept for this browser tab only (sessionStorage), never in a URL, a cookie or localStorage. */

const KEY = "ketu.token";

/** What a token says of itself. The page only shows it; the server alone verifies it. */
export interface Claims {
  subject: string;
  expiresAt: Date | null;
}

/** The token given as `/explorer#token=…` or kept from before. The fragment is taken out of the address at once. */
export function openingToken(): string | null {
  const given = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (given !== null) {
    window.history.replaceState(null, "", window.location.pathname);
    keepToken(given.trim());
  }
  return sessionStorage.getItem(KEY);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
}

/** The claims of a JWT, or null for text that is none. */
export function claimsOf(token: string): Claims | null {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== "object" || claims === null) return null;
    const { sub, exp } = claims as { sub?: unknown; exp?: unknown };
    return {
      subject: typeof sub === "string" ? sub : "",
      expiresAt: typeof exp === "number" ? new Date(exp * 1000) : null,
    };
  } catch {
    return null;
  }
}
