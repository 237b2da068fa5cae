/** `node audit.js URL`, a token in KETU_TOKEN: every audit of graphql-http against that server, as JSON on one line each. */

import { auditServer } from "graphql-http";

const authorization = `Bearer ${process.env.KETU_TOKEN}`;

const results = await auditServer({
  url: process.argv[2],
  fetchFn: (address, options = {}) =>
    fetch(address, { ...options, headers: { ...options.headers, authorization } }),
});
for (const { id, name, status, reason } of results) {
  console.log(JSON.stringify({ id, name, status, reason }));
}
