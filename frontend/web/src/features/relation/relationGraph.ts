import { canonical, type Ends, isMutual, type TypeName } from "./relationTypes";

/** A customer as they stand in the graph. */
export interface Person {
  id: string;
  displayName: string;
  kind: string;
  /** How many rows of relations they have within the reader's reach. */
  relationCount: number;
}

/** A relation as the bank keeps it: `to` is its type to `from`. */
export interface Row<P extends Person> {
  id: string;
  type: TypeName;
  version: number;
  evidence: readonly string[];
  confidenceRatio: string;
  from: P;
  to: P;
}

/** What is known once, however many rows say so. */
export interface Tie<P extends Person> extends Row<P> {
  key: string;
}

/** All ties between the same two, drawn as one line. */
export interface Line<P extends Person> {
  id: string;
  source: string;
  target: string;
  ties: readonly Tie<P>[];
  /** Where it points: a mutual tie nowhere, ties that run against each other to both ends. */
  pointsToSource: boolean;
  pointsToTarget: boolean;
}

export interface RelationGraph<P extends Person> {
  centreId: string;
  people: ReadonlyMap<string, P>;
  ties: readonly Tie<P>[];
  lines: readonly Line<P>[];
}

/** The ties among rows, each once, in the order of their types. */
export function tiesOf<P extends Person>(rows: readonly Row<P>[]): Tie<P>[] {
  const ties = new Map<string, Tie<P>>();
  for (const row of rows) {
    const ends: Ends = canonical({ type: row.type, fromId: row.from.id, toId: row.to.id });
    const key = `${ends.type} ${ends.fromId} ${ends.toId}`;
    const isTurned = ends.fromId !== row.from.id;
    // The row that is kept is the one that says it as it is shown, so that ending it names what is seen.
    if (ties.has(key) && isTurned) continue;
    ties.set(key, isTurned ? { ...row, key, type: ends.type, from: row.to, to: row.from } : { ...row, key });
  }
  return Array.from(ties.values());
}

/** What can be reached from the centre over the ties whose types are not hidden. */
export function graphOf<P extends Person>(
  centre: P,
  all: readonly Tie<P>[],
  hidden: ReadonlySet<TypeName>,
): RelationGraph<P> {
  const shown = all.filter((tie) => !hidden.has(tie.type));
  const neighbours = new Map<string, P[]>();
  for (const { from, to } of shown) {
    neighbours.set(from.id, [...(neighbours.get(from.id) ?? []), to]);
    neighbours.set(to.id, [...(neighbours.get(to.id) ?? []), from]);
  }
  const people = new Map<string, P>([[centre.id, centre]]);
  for (const id of people.keys()) {
    for (const neighbour of neighbours.get(id) ?? []) if (!people.has(neighbour.id)) people.set(neighbour.id, neighbour);
  }
  const ties = shown.filter(({ from }) => people.has(from.id));
  return { centreId: centre.id, people, ties, lines: linesOf(ties) };
}

function linesOf<P extends Person>(ties: readonly Tie<P>[]): Line<P>[] {
  const between = new Map<string, Tie<P>[]>();
  for (const tie of ties) {
    const pair = [tie.from.id, tie.to.id].toSorted().join(" ");
    between.set(pair, [...(between.get(pair) ?? []), tie]);
  }
  return Array.from(between, ([id, together]) => {
    const [source = "", target = ""] = id.split(" ");
    const directed = together.filter(({ type }) => !isMutual(type));
    return {
      id,
      source,
      target,
      ties: together,
      pointsToSource: directed.some(({ to }) => to.id === source),
      pointsToTarget: directed.some(({ to }) => to.id === target),
    };
  });
}

/** How many rows of a customer are not in the graph yet. */
export function unseen<P extends Person>(person: P, rows: readonly Row<P>[]): number {
  const seen = rows.filter(({ from, to }) => from.id === person.id || to.id === person.id).length;
  return Math.max(0, person.relationCount - seen);
}

/**
 * Whom to expand next so that the graph stays within `limit` customers: the nearest to the centre with relations that are not
 * shown yet, as long as all of theirs would find room; at least one of them.
 */
export function nextLevel<P extends Person>(graph: RelationGraph<P>, rows: readonly Row<P>[], limit: number): string[] {
  let room = limit - graph.people.size;
  const chosen: string[] = [];
  for (const person of graph.people.values()) {
    const more = unseen(person, rows);
    if (more === 0) continue;
    if (room <= 0 || (chosen.length > 0 && more > room)) break;
    chosen.push(person.id);
    room -= more;
  }
  return chosen;
}
