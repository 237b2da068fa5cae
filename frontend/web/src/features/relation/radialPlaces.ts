/** How far apart the middles of neighbours on a ring are at least: a name's width. */
const APART = 84;
/** From one ring to the next. */
const GAP = 104;
/** From one row of a crowded ring to its next one. */
const ROW = 58;
const MOST_ROWS = 4;

export interface Place {
  x: number;
  y: number;
}

interface Node {
  id: string;
  depth: number;
  children: Node[];
  /** Leaves below it, itself where it is one. */
  leaves: number;
  start: number;
  span: number;
}

/**
 * Where each stands around a centre: on rings by how many steps lead there, next to those that they came by, each with
 * room for the names. Crowded rings have several rows. The same graph always looks the same.
 *
 * neighbours  whom each is tied to, in the order in which they are to stand
 */
export function radialPlaces(centreId: string, neighbours: ReadonlyMap<string, readonly string[]>): Map<string, Place> {
  const rings = treeOf(centreId, neighbours);
  const places = new Map<string, Place>([[centreId, { x: 0, y: 0 }]]);
  let outermost = 0;
  for (const ring of rings.slice(1)) {
    const narrowest = Math.min(...ring.map(({ span }) => span));
    const { rows, radius } = roomiest(ring.length, narrowest, outermost + GAP);
    ring.forEach(({ id, start, span }, at) => {
      const angle = start + span / 2;
      const distance = radius + (at % rows) * ROW;
      places.set(id, { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance });
    });
    outermost = outerOf({ rows, radius });
  }
  return places;
}

/** In how many rows a ring takes the least room. Where it closes, the rows begin anew, so that as many are apart there. */
function roomiest(length: number, narrowest: number, atLeast: number): { rows: number; radius: number } {
  const ways = Array.from({ length: MOST_ROWS }, (_, at) => {
    const rows = at + 1;
    return { rows, radius: Math.max(atLeast, APART / (narrowest * (length % rows || rows))) };
  });
  return ways.reduce((best, way) => (outerOf(way) < outerOf(best) ? way : best));
}

function outerOf({ rows, radius }: { rows: number; radius: number }): number {
  return radius + (rows - 1) * ROW;
}

/** The shortest ways from the centre, ring by ring, each with its share of the circle. */
function treeOf(centreId: string, neighbours: ReadonlyMap<string, readonly string[]>): Node[][] {
  const centre: Node = { id: centreId, depth: 0, children: [], leaves: 0, start: -Math.PI / 2, span: 2 * Math.PI };
  const seen = new Set([centreId]);
  const order = [centre];
  for (const node of order) {
    for (const id of neighbours.get(node.id) ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      const child: Node = { id, depth: node.depth + 1, children: [], leaves: 0, start: 0, span: 0 };
      node.children.push(child);
      order.push(child);
    }
  }
  for (const node of order.toReversed()) {
    node.leaves = node.children.length ? node.children.reduce((sum, { leaves }) => sum + leaves, 0) : 1;
  }
  const rings: Node[][] = [];
  for (const node of order) {
    let { start } = node;
    for (const child of node.children) {
      child.start = start;
      child.span = (node.span * child.leaves) / node.leaves;
      start += child.span;
    }
    (rings[node.depth] ??= []).push(node);
  }
  return rings;
}
