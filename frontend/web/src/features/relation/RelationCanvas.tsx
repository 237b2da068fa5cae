import { type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "@/theme/appearance";
import type { Customer } from "./customerOf";
import { drawing } from "./drawing";
import { openStage, type Stage } from "./g6";
import type { RelationGraph } from "./relationGraph";
import type { TypeName } from "./relationTypes";

export type CanvasControls = Pick<Stage, "zoomBy" | "fit">;

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
  const [stage, setStage] = useState<Stage | null>(null);
  const [shown, setShown] = useState<Stage | null>(null);
  const does = useRef({ select: props.onSelect, expand: props.onExpand });
  useEffect(() => {
    does.current = { select: props.onSelect, expand: props.onExpand };
  });

  useEffect(() => {
    if (!frame.current) return;
    const opened = openStage(frame.current, palette, {
      select: (id) => does.current.select(id),
      expand: (id) => does.current.expand(id),
    });
    setStage(opened);
    return () => {
      setStage(null);
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
    if (!stage) return;
    const shape = `${data.nodes.length} ${aspect}`;
    void stage.show(data, { chosenId: selectedId, shape }).then(() => setShown(stage));
  }, [stage, data, aspect, selectedId]);

  useImperativeHandle(
    props.controls,
    () => ({ zoomBy: (ratio) => stage?.zoomBy(ratio), fit: () => stage?.fit() }),
    [stage],
  );

  // Until it stands in its place it is out of sight, and does not jump there.
  const isBusy = stage === null || shown !== stage;
  return <div ref={frame} className="relations__canvas" role="img" aria-label={props.label} aria-busy={isBusy} />;
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
