/** Every row of a connection, page after page. */

export interface Page<Row> {
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  nodes: Row[];
}

/** @param ask the page after a cursor, the first one without */
export async function* pages<Row>(ask: (after: string | null) => Promise<Page<Row>>): AsyncGenerator<Row> {
  let after: string | null = null;
  for (;;) {
    const page: Page<Row> = await ask(after);
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor ?? null;
  }
}
