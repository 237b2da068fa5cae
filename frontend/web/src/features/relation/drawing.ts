import type { EdgeData, GraphData, NodeData } from "@antv/g6";
import type { Palette } from "@/theme/palette";
import type { Customer } from "./customerOf";
import { radialPlaces } from "./radialPlaces";
import type { Line, RelationGraph } from "./relationGraph";
import { colourOf, type TypeName } from "./relationTypes";

/** With more lines than this their words would cover each other; they show for the customer that is pointed at. */
const MOST_WORDS = 28;
const LONGEST_NAME = 7;
/** From so many on it is drawn small, and the names larger in turn. */
const MANY = 30;
const FEW = 12;
/** How much a circle gives way to the shape of the page. */
const LEAST_ASPECT = 0.6;
const MOST_ASPECT = 1.7;

/** What states and earlier drawings may have changed: to G6, what is not named stays as it was. */
const PLAIN = { opacity: 1, halo: false };

interface Look {
  /** How many more relations each has than are shown. */
  more: ReadonlyMap<string, number>;
  palette: Palette;
  /** Width over height of what it is drawn on. */
  aspect: number;
  wordFor(type: TypeName): string;
}

/** What G6 draws of a graph: where everybody stands, what the lines say. */
export function drawing(graph: RelationGraph<Customer>, look: Look): Required<Pick<GraphData, "nodes" | "edges">> {
  const places = radialPlaces(graph.centreId, neighboursOf(graph));
  const isLarge = graph.people.size > MANY;
  const scale = scaleFor(graph.people.size, look.aspect);
  const hasWords = graph.lines.length <= MOST_WORDS;
  return {
    nodes: Array.from(graph.people.values(), (customer) => {
      const { x, y } = places.get(customer.id) ?? { x: 0, y: 0 };
      const place = { x: x * scale.x, y: y * scale.y };
      return node(customer, { ...look, isCentre: customer.id === graph.centreId, isLarge, place });
    }),
    edges: graph.lines.map((line) => edge(line, look, hasWords)),
  };
}

/** Many are fitted into the shape of the page; few have room for the words on their lines. */
function scaleFor(size: number, aspect: number): { x: number; y: number } {
  const stretch = Math.sqrt(Math.min(MOST_ASPECT, Math.max(LEAST_ASPECT, aspect)));
  if (size > MANY) return { x: stretch, y: 1 / stretch };
  const spread = size <= FEW ? 1.5 : 1;
  return { x: spread * Math.max(1, stretch), y: spread * Math.max(1, 1 / stretch) };
}

/** Those with the same kind of tie stand together. */
function neighboursOf(graph: RelationGraph<Customer>): Map<string, string[]> {
  const neighbours = new Map<string, string[]>();
  for (const { source, target } of graph.lines.toSorted((one, other) => firstColourOf(one) - firstColourOf(other))) {
    neighbours.set(source, [...(neighbours.get(source) ?? []), target]);
    neighbours.set(target, [...(neighbours.get(target) ?? []), source]);
  }
  return neighbours;
}

function firstColourOf(line: Line<Customer>): number {
  return Math.min(...line.ties.map(({ type }) => colourOf(type)));
}

function node(customer: Customer, look: Look & { isCentre: boolean; isLarge: boolean; place: { x: number; y: number } }): NodeData {
  const { palette, isCentre, isLarge, place } = look;
  const isOrganisation = customer.kind === "ORGANISATION";
  const more = look.more.get(customer.id) ?? 0;
  const colour = isCentre ? palette.primary : isOrganisation ? palette.info : palette.muted;
  return {
    id: customer.id,
    data: { isOrganisation },
    style: {
      ...place,
      ...PLAIN,
      size: isCentre ? 40 : 24,
      ...(isOrganisation ? { radius: 5 } : {}),
      fill: isCentre ? palette.primary : palette.surface,
      stroke: colour,
      lineWidth: 2,
      cursor: "pointer",
      labelText: short(customer.displayName, isCentre ? 2 * LONGEST_NAME : LONGEST_NAME),
      labelPlacement: "bottom",
      labelFill: palette.text,
      labelFontSize: isCentre ? 16 : isLarge ? 14 : 12,
      labelFontWeight: isCentre ? 600 : 400,
      labelBackground: true,
      labelBackgroundFill: palette.surface,
      labelBackgroundOpacity: 0.85,
      labelBackgroundRadius: 3,
      labelPadding: [0, 3],
      badges: more > 0 ? [badge(more, palette)] : [],
    },
  };
}

function badge(more: number, palette: Palette) {
  return {
    text: `+${more}`,
    placement: "right-top" as const,
    fontSize: 9,
    fill: palette.surface,
    backgroundFill: palette.muted,
    padding: [1, 4],
  };
}

function edge(line: Line<Customer>, look: Look, hasWords: boolean): EdgeData {
  const { palette } = look;
  const colours = new Set(line.ties.map(({ type }) => colourOf(type)));
  const [only] = colours;
  const stroke = colours.size === 1 && only !== undefined ? (palette.series[only] ?? palette.muted) : palette.text;
  return {
    id: line.id,
    source: line.source,
    target: line.target,
    data: { hasWords },
    style: {
      ...PLAIN,
      stroke,
      strokeOpacity: 0.75,
      lineWidth: line.ties.length > 1 ? 2.2 : 1.4,
      startArrow: line.pointsToSource,
      startArrowSize: 8,
      endArrow: line.pointsToTarget,
      endArrowSize: 8,
      labelText: Array.from(new Set(line.ties.map(({ type }) => look.wordFor(type)))).join(" · "),
      labelFill: stroke,
      labelFontSize: 11,
      labelAutoRotate: true,
      labelBackground: true,
      labelBackgroundFill: palette.surface,
      labelBackgroundOpacity: 0.9,
      labelPadding: [0, 3],
    },
  };
}

/** "朝阳嘉禾制造有限…" */
export function short(name: string, longest: number): string {
  const wide = /[\u3000-\u9fff\uff00-\uffef]/.test(name);
  const most = wide ? longest : longest * 2;
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
