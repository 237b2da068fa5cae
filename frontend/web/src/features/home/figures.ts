/** Figures of several lists, grouped by the same thing, side by side. */
export interface Figures<Name extends string> {
  id: string;
  name: string | null;
  values: Readonly<Partial<Record<Name, string>>>;
}

/** The groups of one list, and what the figure is of those that it does not name; null where it may have left some out. */
export interface Column {
  groups: readonly Group[] | undefined;
  absent: string | null;
}

/**
 * One column, of the groups of a list.
 *
 * first   how many were asked for: a list that is full may have left some out
 * absent  the figure of those that a whole list does not name
 */
export function columnOf<Of>(
  list: { aggregates: readonly Of[] } | null | undefined,
  { first, absent }: { first: number; absent: string | null },
  groupOf: (of: Of) => Group,
): Column {
  return { groups: list?.aggregates.map(groupOf), absent: (list?.aggregates.length ?? 0) < first ? absent : null };
}

/** A group of one list: what its rows have in common, and its figure; null is the group of rows without it. */
export interface Group {
  key: { id: string; name: string } | null;
  value: string | null | undefined;
}

/** One row per thing, in the order in which the columns first name it; rows without it come last. */
export function sideBySide<Name extends string>(columns: Record<Name, Column>): Figures<Name>[] {
  const listed = Object.entries<Column>(columns).filter(([, { groups }]) => groups !== undefined);
  const absent = Object.fromEntries(listed.flatMap(([name, column]) => (column.absent === null ? [] : [[name, column.absent]])));
  const rows = new Map<string, { id: string; name: string | null; values: Partial<Record<string, string>> }>();
  for (const [name, { groups = [] }] of listed) {
    for (const { key, value } of groups) {
      const id = key?.id ?? "";
      const row = rows.get(id) ?? { id, name: key?.name ?? null, values: { ...absent } };
      if (value == null) delete row.values[name];
      else row.values[name] = value;
      rows.set(id, row);
    }
  }
  return Array.from(rows.values() as Iterable<Figures<Name>>).toSorted(
    (one, other) => Number(one.id === "") - Number(other.id === ""),
  );
}

/** The sum in one currency; sums of different ones are never added. */
export function sumIn(currency: string, sums: readonly { currency: string; sum: string }[] | undefined): string | undefined {
  return sums?.find((each) => each.currency === currency)?.sum;
}
