/** The authenticator of a test: RFC 6238, by SHA-1, six digits, 30 seconds. */

import { createHmac } from "node:crypto";

const STEP_SECONDS = 30;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export class Authenticator {
  /** The code given last. */
  last = null;
  #key;
  #used = 0;

  /** secret  in base 32, as the page shows it */
  constructor(secret) {
    this.#key = decoded(secret);
  }

  /** A code that was not given before: the next one where the present one was, which servers take a little early. */
  async code() {
    const now = () => Math.floor(Date.now() / 1000 / STEP_SECONDS);
    this.#used = Math.max(now(), this.#used + 1);
    while (now() + 1 < this.#used) await new Promise((resolve) => setTimeout(resolve, 250));
    this.last = codeAt(this.#key, this.#used);
    return this.last;
  }
}

function codeAt(key, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = digest[digest.length - 1] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function decoded(secret) {
  const bits = Array.from(secret.replaceAll(/\s/g, ""), (digit) => BASE32.indexOf(digit).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
