import type { Graph } from "@antv/g6";
import { type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "@/theme/appearance";
import type { Customer } from "./customerOf";
import { drawing } from "./drawing";
import { open } from "./g6";
import type { RelationGraph } from "./relationGraph";
import type { TypeName } from "./relationTypes";

export interface CanvasControls {
  zoomBy(ratio: number): void;
  fit(): void;
}

/** The graph as it is drawn: points at customers, and tells which one is chosen. */
export default function RelationCanvas(props: {
  graph: RelationGraph<Customer>;
  more: ReadonlyMap<string, number>;
  selectedId: string;
  label: string;
  onSelect(id: string): void;
  onExpand(id: string): void;
  controls: Ref<CanvasControls>;
}) {
  const { t } = useTranslation();
  const { palette } = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Graph | null>(null);
  // What the reader has moved to stays in sight unless there is more or less to see than before.
  const fittedFor = useRef("");
  const does = useRef({ select: props.onSelect, expand: props.onExpand });
  useEffect(() => {
    does.current = { select: props.onSelect, expand: props.onExpand };
  });

  useEffect(() => {
    if (!frame.current) return;
    const opened = open(frame.current, palette, {
      select: (id) => does.current.select(id),
      expand: (id) => does.current.expand(id),
    });
    fittedFor.current = "";
    setDrawn(opened.graph);
    return () => {
      setDrawn(null);
      opened.close();
    };
  }, [palette]);

  const { graph, more, selectedId } = props;
  const aspect = useAspect(frame);
  const data = useMemo(
    () => drawing(graph, { more, palette, aspect, wordFor: (type: TypeName) => t(`terms.RelationType.${type}`) }),
    [graph, more, palette, aspect, t],
  );

  useEffect(() => {
    if (!drawn) return;
    drawn.setData(data);
    const shape = `${data.nodes.length} ${aspect}`;
    const isNew = fittedFor.current !== shape;
    fittedFor.current = shape;
    void drawn.draw().then(() => (isNew && !drawn.destroyed ? fitted(drawn) : undefined));
  }, [drawn, data, aspect]);

  useEffect(() => {
    if (!drawn) return;
    const states = Object.fromEntries(data.nodes.map(({ id }) => [id, id === selectedId ? ["chosen"] : []]));
    void drawn.draw().then(() => (drawn.destroyed ? undefined : drawn.setElementState(states, false)));
  }, [drawn, data, selectedId]);

  useImperativeHandle(
    props.controls,
    () => ({
      zoomBy: (ratio) => void drawn?.zoomBy(ratio),
      fit: () => void (drawn && fitted(drawn)),
    }),
    [drawn],
  );

  return <div ref={frame} className="relations__canvas" role="img" aria-label={props.label} />;
}

/** Width over height, in steps: what is drawn does not follow each pixel of a window that is pulled. */
function useAspect(frame: RefObject<HTMLDivElement | null>): number {
  const [aspect, setAspect] = useState(1);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => {
      setAspect(Math.round((4 * element.clientWidth) / Math.max(1, element.clientHeight)) / 4);
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [frame]);
  return aspect;
}

/** All of it, and no larger than life: two customers do not fill the page. */
async function fitted(graph: Graph): Promise<void> {
  await graph.fitView({ when: "always" });
  if (graph.destroyed) return;
  if (graph.getZoom() > 1) await graph.zoomTo(1);
  await graph.fitCenter();
}
