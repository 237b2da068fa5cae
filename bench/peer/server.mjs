// PostGraphile on the same database, for the bench: a bare server with a token check of the same weight as ours.
//
//   node server.mjs FD     FD: a socket that listens already
//
// DATABASE_URL, POOL_SIZE, PUBLIC_KEYS (a JSON Web Key Set) come from the environment.
import { PgAggregatesPreset } from "@graphile/pg-aggregates";
import { createHash, createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const MOST_REMEMBERED = 20_000;
const keys = new Map(
  JSON.parse(process.env.PUBLIC_KEYS).keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: "jwk" })]),
);
const remembered = new Map();

function decoded(part) {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

// As ours: a signature is checked once, and remembered by the hash of its token; whether it has expired is asked each time.
function signedIn(authorization) {
  const token = authorization?.startsWith("Bearer ") ? authorization.slice(7) : "";
  const digest = createHash("sha256").update(token).digest("base64");
  let claims = remembered.get(digest);
  if (claims === undefined) {
    const [head, body, signature] = token.split(".");
    const key = keys.get(decoded(head).kid);
    if (!key || !verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))) {
      throw new Error("This token is not ours.");
    }
    claims = decoded(body);
    if (claims.iss !== "ketu" || claims.aud !== "ketu") throw new Error("This token is for something else.");
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(digest, claims);
  }
  if (claims.exp * 1000 <= Date.now()) throw new Error("The token has expired.");
  return claims;
}

const preset = {
  extends: [PostGraphileAmberPreset, PgAggregatesPreset],
  // It would keep from grouping by columns that have no index.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["ketu"],
      poolConfig: { max: Number(process.env.POOL_SIZE), options: "-c jit=off" },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: {
    explain: false,
    context(requested) {
      const { sub } = signedIn(requested.node?.req.headers.authorization);
      return { username: sub };
    },
  },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen({ fd: Number(process.argv[2]) });
