/** The condition that a name holds a text; of one character only its beginning can be asked for. */
export function byName(text: string): { startsWith: string } | { contains: string } {
  return Array.from(text).length === 1 ? { startsWith: text } : { contains: text };
}
