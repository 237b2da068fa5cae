import { Graph, GraphEvent, type IElementEvent, NodeEvent } from "@antv/g6";
import type { Palette } from "@/theme/palette";

/** Below this, words on lines are too small to be read. */
const WORDS_FROM_ZOOM = 0.62;

interface Acts {
  select(id: string): void;
  expand(id: string): void;
}

/** An empty graph in an element; what it shows and how is in `drawing`. */
export function open(frame: HTMLElement, palette: Palette, acts: Acts): { graph: Graph; close(): void } {
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
        near: { opacity: 1 },
        far: { opacity: 0.18 },
      },
    },
    edge: {
      type: "line",
      state: { near: { label: true, lineWidth: 2, strokeOpacity: 1 }, far: { opacity: 0.1, label: false } },
    },
    behaviors: [
      "drag-canvas",
      "drag-element",
      { type: "zoom-canvas", preventDefault: true },
      { type: "hover-activate", degree: 1, state: "near", inactiveState: "far", animation: false },
    ],
  });
  graph.on<IElementEvent>(NodeEvent.CLICK, (event) => acts.select(event.target.id));
  graph.on<IElementEvent>(NodeEvent.DBLCLICK, (event) => acts.expand(event.target.id));

  let wordsShown: boolean | null = null;
  function showWords() {
    if (graph.destroyed) return;
    const shows = graph.getZoom() >= WORDS_FROM_ZOOM;
    if (shows === wordsShown) return;
    wordsShown = shows;
    graph.updateEdgeData((edges) =>
      edges.map((edge) => ({ ...edge, style: { ...edge.style, label: shows && Boolean(edge.data?.hasWords) } })),
    );
    void graph.draw();
  }
  // Before it is first drawn it moves as well, and has no zoom yet.
  graph.once(GraphEvent.AFTER_DRAW, () => graph.on(GraphEvent.AFTER_TRANSFORM, showWords));
  return { graph, close: () => graph.destroy() };
}
