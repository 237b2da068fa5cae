/** Tokens of a service account, by OAuth 2.0's client credentials. */

export interface Token {
  /** One that is good for a while, as an `Authorization` header wants it. */
  authorization(): Promise<string>;
  /** The token was refused: the next one is a fresh one. */
  forget(): void;
}

const SECONDS_BEFORE_END = 30;

/** @param address where the API listens, such as https://ketu.bank.example */
export function serviceAccount(address: string, clientId: string, clientSecret: string): Token {
  let current: Promise<{ token: string; goodUntil: number }> | undefined;

  async function granted(): Promise<{ token: string; goodUntil: number }> {
    const answer = await fetch(new URL("/auth/token", address), {
      method: "POST",
      headers: {
        Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
    });
    if (!answer.ok) throw new Error(`Ketu gave no token: ${answer.status} ${await answer.text()}`);
    const { access_token: token, expires_in: seconds } = (await answer.json()) as {
      access_token: string;
      expires_in: number;
    };
    return { token, goodUntil: Date.now() + (seconds - SECONDS_BEFORE_END) * 1000 };
  }

  return {
    async authorization() {
      // Who asks meanwhile waits for the same answer.
      let { token, goodUntil } = await (current ??= renewed());
      if (Date.now() > goodUntil) ({ token, goodUntil } = await (current = renewed()));
      return `Bearer ${token}`;
    },
    forget() {
      current = undefined;
    },
  };

  function renewed() {
    const asked = granted();
    asked.catch(() => (current = undefined));
    return asked;
  }
}
