/** "1234.5" as 123450n: decimals are added as whole numbers of hundredths, so that sums are exact. */
export function hundredthsOf(decimal: string): bigint {
  const [whole = "0", part = ""] = decimal.split(".");
  const sign = whole.startsWith("-") ? -1n : 1n;
  return sign * (BigInt(whole.replace("-", "")) * 100n + BigInt(part.padEnd(2, "0").slice(0, 2)));
}

export function decimalOf(hundredths: bigint): string {
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, "0");
  return `${hundredths < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
