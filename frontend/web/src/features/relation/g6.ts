import { type EdgeData, Graph, type GraphData, GraphEvent, type IElementEvent, type NodeData, NodeEvent } from "@antv/g6";
import type { Palette } from "@/theme/palette";

/** Below this, words on lines are too small to be read. */
const WORDS_FROM_ZOOM = 0.62;

interface Acts {
  select(id: string): void;
  expand(id: string): void;
}

/** A graph in an element: what it shows and how is in `drawing`. */
export interface Stage {
  /**
   * Resolves once it stands where it belongs. What the reader has moved to stays in sight, unless `shape` is another one
   * than before: then all of it is.
   */
  show(data: GraphData, options: { chosenId: string; shape: string }): Promise<void>;
  zoomBy(ratio: number): void;
  fit(): void;
  close(): void;
}

export function openStage(frame: HTMLElement, palette: Palette, acts: Acts): Stage {
  const graph = new Graph({
    container: frame,
    animation: false,
    autoResize: true,
    padding: 24,
    zoomRange: [0.1, 2.5],
    node: {
      type: (datum) => (datum.data?.isOrganisation ? "rect" : "circle"),
      state: {
        chosen: { halo: true, haloStroke: palette.primary, haloStrokeOpacity: 0.45, haloLineWidth: 8, labelFontWeight: 600 },
        far: { opacity: 0.18 },
      },
    },
    edge: {
      type: "line",
      state: { near: { label: true, lineWidth: 2.4, strokeOpacity: 1 }, far: { opacity: 0.1, label: false } },
    },
    behaviors: ["drag-canvas", "drag-element", { type: "zoom-canvas", preventDefault: true }],
  });

  let chosenId = "";
  let pointedId: string | null = null;
  let hasWords = true;
  let fittedFor: string | null = null;
  // G6 draws in steps of its own: one thing after the other, or what was asked for first may end last.
  let work = Promise.resolve();
  function next(step: () => Promise<void>): Promise<void> {
    work = work.then(() => (graph.destroyed ? undefined : step()));
    return work;
  }

  async function mark(): Promise<void> {
    await graph.setElementState(statesOf(graph.getData(), { chosenId, pointedId }), false);
  }

  async function follow(): Promise<void> {
    const shows = graph.getZoom() >= WORDS_FROM_ZOOM;
    if (shows === hasWords) return;
    hasWords = shows;
    graph.updateEdgeData((edges) => edges.map((edge) => worded(edge, shows)));
    await graph.draw();
  }

  function point(id: string | null): void {
    pointedId = id;
    void next(async () => {
      // Where the pointer has gone on meanwhile, that step does it.
      if (pointedId === id) await mark();
    });
  }

  graph.on<IElementEvent>(NodeEvent.CLICK, (event) => acts.select(event.target.id));
  graph.on<IElementEvent>(NodeEvent.DBLCLICK, (event) => acts.expand(event.target.id));
  graph.on<IElementEvent>(NodeEvent.POINTER_ENTER, (event) => point(event.target.id));
  graph.on(NodeEvent.POINTER_LEAVE, () => point(null));
  graph.once(GraphEvent.AFTER_DRAW, () => {
    // Before it was first drawn it had moved as well, and had no zoom yet.
    graph.on(GraphEvent.AFTER_TRANSFORM, () => next(follow));
    // There is nothing in it for the keyboard; who has none but that reads the table, and the panel beside it.
    for (const canvas of frame.querySelectorAll("canvas")) canvas.tabIndex = -1;
  });

  return {
    show: (data, options) =>
      next(async () => {
        ({ chosenId } = options);
        const isSame = fittedFor === options.shape;
        graph.setData({
          nodes: isSame ? data.nodes?.map((node) => whereItIs(graph, node)) ?? [] : data.nodes ?? [],
          edges: data.edges?.map((edge) => worded(edge, hasWords)) ?? [],
        });
        await graph.draw();
        if (!isSame) await fitted(graph);
        fittedFor = options.shape;
        await mark();
      }),
    zoomBy: (ratio) => void next(() => graph.zoomBy(ratio)),
    fit: () => void next(() => fitted(graph)),
    close: () => graph.destroy(),
  };
}

/** Where the reader has put it, once it is there. */
function whereItIs(graph: Graph, node: NodeData): NodeData {
  if (!graph.hasNode(node.id)) return node;
  const { x, y } = graph.getNodeData(node.id).style ?? {};
  return { ...node, style: { ...node.style, ...(x === undefined || y === undefined ? {} : { x, y }) } };
}

function worded(edge: EdgeData, shows: boolean): EdgeData {
  return { ...edge, style: { ...edge.style, label: shows && Boolean(edge.data?.hasWords) } };
}

/** Who is chosen; and while one is pointed at, whom that one is tied to. */
function statesOf(data: GraphData, at: { chosenId: string; pointedId: string | null }): Record<string, string[]> {
  const { nodes = [], edges = [] } = data;
  const isPointed = nodes.some(({ id }) => id === at.pointedId);
  const isTied = ({ source, target }: EdgeData) => source === at.pointedId || target === at.pointedId;
  const near = new Set(edges.filter(isTied).flatMap(({ source, target }) => [source, target]).concat(at.pointedId ?? []));
  const states: Record<string, string[]> = {};
  for (const { id } of nodes) {
    states[id] = [...(id === at.chosenId ? ["chosen"] : []), ...(isPointed && !near.has(id) ? ["far"] : [])];
  }
  for (const edge of edges) {
    if (edge.id) states[edge.id] = isPointed ? [isTied(edge) ? "near" : "far"] : [];
  }
  return states;
}

/** All of it, and no larger than life: two customers do not fill the page. */
async function fitted(graph: Graph): Promise<void> {
  // By itself it follows its frame a while after.
  graph.resize();
  await graph.fitView({ when: "always" });
  if (graph.getZoom() > 1) await graph.zoomTo(1);
  await graph.fitCenter();
}
