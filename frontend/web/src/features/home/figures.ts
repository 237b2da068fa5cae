/** Figures of several lists, grouped by the same thing, side by side. */
export interface Figures<Column extends string> {
  id: string;
  name: string | null;
  values: Readonly<Partial<Record<Column, string>>>;
}

/** A group of one list: what its rows have in common, and its figure; null is the group of rows without it. */
export interface Group {
  key: { id: string; name: string } | null;
  value: string | null | undefined;
}

/**
 * One row per thing, in the order in which the columns first name it; rows without it come last.
 *
 * columns  per column the groups of its list
 */
export function sideBySide<Column extends string>(columns: Record<Column, readonly Group[] | undefined>): Figures<Column>[] {
  const rows = new Map<string, { id: string; name: string | null; values: Partial<Record<string, string>> }>();
  for (const [column, groups] of Object.entries<readonly Group[] | undefined>(columns)) {
    for (const { key, value } of groups ?? []) {
      const id = key?.id ?? "";
      const row = rows.get(id) ?? { id, name: key?.name ?? null, values: {} };
      if (value != null) row.values[column] = value;
      rows.set(id, row);
    }
  }
  return Array.from(rows.values() as Iterable<Figures<Column>>).toSorted(
    (one, other) => Number(one.id === "") - Number(other.id === ""),
  );
}

/** The sum in one currency; sums of different ones are never added. */
export function sumIn(currency: string, sums: readonly { currency: string; sum: string }[] | undefined): string | undefined {
  return sums?.find((each) => each.currency === currency)?.sum;
}
