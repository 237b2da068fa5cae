/**
 * The running product that the journeys go through, told by the environment: where it is (KETU_URL), the password of its
 * sample users (KETU_PASSWORD), a user for each role, and tokens of other clients of theirs (KETU_READERS, KETU_TOKENS: JSON,
 * by role).
 */

export const { KETU_URL, KETU_PASSWORD, SCREENSHOTS } = process.env;
export const READERS = JSON.parse(process.env.KETU_READERS ?? "{}");
const TOKENS = JSON.parse(process.env.KETU_TOKENS ?? "{}");

/** What the graph answers to another client, who is signed in as the holder of `role`. */
export async function ask(role, query, variables = {}) {
  const response = await fetch(`${KETU_URL}/graphql`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${TOKENS[role]}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Have another client change something; its payload, which may have no errors. */
export async function command(role, mutation, variables) {
  const [payload] = Object.values(await ask(role, mutation, variables));
  if (payload.errors.length) throw new Error(JSON.stringify(payload.errors));
  return payload;
}
